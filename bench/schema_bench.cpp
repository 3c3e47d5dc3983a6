// Nanoseconds to evaluate one document against one schema, deciding: the least of many rounds, so that a busy machine
// tells the same as an idle one. Usage: bearproof_schema_bench SCHEMA DOCUMENT
// [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

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

template <class Work>
double least_nanoseconds(int rounds, int repeats, Work work) {
  double least = 1e18;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < repeats; ++i) work();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
    least = std::min(least, took.count() / repeats);
  }
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fputs("usage: bearproof_schema_bench SCHEMA DOCUMENT [ROUNDS]\n", stderr);
    return 2;
  }
  const int rounds = argc == 4 ? std::max(1, std::atoi(argv[3])) : 200;
  const std::string schema_text = read_file(argv[1]);
  const std::string document_text = read_file(argv[2]);
  schema::CompileOptions options;
  options.assert_format = true;
  options.rule_names = true;
  const auto compile = [&] {
    schema::Registry registry;
    registry.add("https://example.test/bench", schema_text);
    return schema::compile(registry, "https://example.test/bench", options);
  };
  const auto program = compile();
  if (!program) {
    std::printf("schema: %s: %s\n", program.error()[0].pointer.c_str(),
                json::text_of(program.error()[0].message, nullptr).c_str());
    return 1;
  }
  json::Reader reader;
  const json::Document* document = reader.read(document_text);
  if (document == nullptr) {
    std::printf("document: %s\n", reader.fault().message.c_str());
    return 1;
  }
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  schema::Evaluator evaluator;
  bool valid = false;
  const double evaluated = least_nanoseconds(rounds, 2000, [&] {
    FindingSink sink(severities.data(), Severity::info, false, 1000);
    valid = evaluator.evaluate(*program, document->root(), sink);
  });
  const double compiled = least_nanoseconds(20, 1, [&] { static_cast<void>(compile()); });
  const double read = least_nanoseconds(rounds, 2000, [&] { static_cast<void>(reader.read(document_text)); });
  std::printf("{\"bytes\":%zu,\"valid\":%s,\"evaluate_ns\":%.1f,\"read_ns\":%.1f,\"compile_us\":%.1f}\n",
              document_text.size(), valid ? "true" : "false", evaluated, read, compiled / 1000);
  return 0;
}
