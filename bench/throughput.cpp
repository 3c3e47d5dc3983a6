// Documents per second over one NDJSON file, by how much is done with each: read, schema alone, every rule. The same
// source runs natively and, compiled to Wasm, under Node. Prints one line of JSON for each mode: medians over the
// rounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"
#include "bearproof/validator/validator.h"

namespace {

using namespace bearproof;

std::string read_file(const char* path) {
  std::string bytes;
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return bytes;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, got);
  std::fclose(file);
  return bytes;
}

struct Count {
  std::uint64_t documents = 0;
  std::uint64_t valid = 0;
};

template <class PerLine>
Count each_line(std::string_view bytes, PerLine per_line) {
  Count count;
  json::LineReader reader;
  reader.feed(bytes);
  json::Line line;
  const auto drain = [&] {
    while (reader.next(line)) {
      ++count.documents;
      if (line.document != nullptr && per_line(*line.document)) ++count.valid;
    }
  };
  drain();
  reader.finish();
  drain();
  return count;
}

Count read_only(std::string_view bytes) {
  return each_line(bytes, [](const json::Document&) { return true; });
}

/// What a compiled validator of the one schema would do: no recognition, no rule.
Count schema_only(std::string_view bytes) {
  static std::vector<Severity> severities = [] {
    std::vector<Severity> table(rule_case_count);
    effective_severities(Mode::standard, table);
    return table;
  }();
  static schema::Evaluator evaluator;
  const schema::Program* program = contract::program_of(Dialect::browser_receipt_sourceos_v2);
  return each_line(bytes, [&](const json::Document& document) {
    FindingSink sink(severities.data(), Severity::error, false, 1);
    return evaluator.evaluate(*program, document.root(), sink);
  });
}

Count everything(std::string_view bytes, Severity level) {
  CheckOptions options;
  options.level = level;
  Validator validator(options);
  Validator::Lines lines(validator, "receipts.ndjson", false, [](report::DocumentReport&&) {});
  lines.push(bytes);
  lines.finish();
  const report::Summary& summary = lines.summary();
  return {summary.documents, summary.verdicts[static_cast<std::size_t>(report::Verdict::valid)]};
}

template <class Run>
void measure(const char* mode, int rounds, std::size_t size, Run run) {
  std::vector<double> seconds;
  Count count = run();  // warm-up: schemas are compiled at first use
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    count = run();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  std::printf(
      "{\"mode\":\"%s\",\"documents\":%llu,\"valid\":%llu,\"documents_per_second\":%.0f,\"mb_per_second\":%.0f}\n",
      mode, static_cast<unsigned long long>(count.documents), static_cast<unsigned long long>(count.valid),
      static_cast<double>(count.documents) / median, static_cast<double>(size) / median / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string bytes = argc > 1 ? read_file(argv[1]) : std::string();
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
  if (bytes.empty() || rounds < 1) {
    std::fputs("usage: throughput FILE.ndjson [ROUNDS]\n", stderr);
    return 2;
  }
  measure("read", rounds, bytes.size(), [&] { return read_only(bytes); });
  measure("schema", rounds, bytes.size(), [&] { return schema_only(bytes); });
  measure("rules-warning", rounds, bytes.size(), [&] { return everything(bytes, Severity::warning); });
  measure("rules-info", rounds, bytes.size(), [&] { return everything(bytes, Severity::info); });
  return 0;
}
