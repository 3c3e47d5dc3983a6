// Documents per second over one NDJSON file of receipts, by how much is done with each; rounds of the modes in turn.
// The same source runs natively and, compiled to Wasm, under Node. Prints one line of JSON for each mode: medians.
//
//     bearproof_throughput FILE.ndjson [ROUNDS [SCHEMA]]
//     bearproof_throughput --serve        commands on standard input, an answer in JSON to each:
//                                         text FILE · schema FILE · run MODE
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/contract/contract.h"

#include "workload.h"

namespace {

using namespace bearproof;
using bench::Count;
using bench::Workload;

std::string read_file(const std::string& path) {
  std::string bytes;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, got);
  std::fclose(file);
  return bytes;
}

struct Timed {
  Count count;
  double seconds = 0;
};

std::optional<Timed> timed(Workload& workload, std::string_view mode) {
  const auto start = std::chrono::steady_clock::now();
  const auto count = workload.run(mode);
  if (!count) return std::nullopt;
  return Timed{*count, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

int serve() {
  Workload workload;
  char line[4096];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    std::string_view command(line);
    while (!command.empty() && (command.back() == '\n' || command.back() == '\r')) command.remove_suffix(1);
    const std::size_t space = std::min(command.find(' '), command.size());
    const std::string_view verb = command.substr(0, space);
    const std::string rest(command.substr(std::min(space + 1, command.size())));
    if (verb == "text") {
      workload.set_text(read_file(rest));
      std::printf("{\"bytes\":%zu}\n", workload.size());
    } else if (verb == "schema") {
      std::puts(workload.set_schema(read_file(rest)) ? "{\"refused\":true}" : "{}");
    } else if (const auto result = timed(workload, rest); verb == "run" && result) {
      std::printf("{\"seconds\":%.9f,\"documents\":%llu,\"valid\":%llu}\n", result->seconds,
                  static_cast<unsigned long long>(result->count.documents),
                  static_cast<unsigned long long>(result->count.valid));
    } else {
      std::puts("{\"refused\":true}");
    }
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--serve") return serve();
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
  Workload workload;
  workload.set_text(argc > 1 ? read_file(argv[1]) : std::string());
  if (workload.size() == 0 || rounds < 1) {
    std::fputs("usage: bearproof_throughput FILE.ndjson [ROUNDS [SCHEMA]] | --serve\n", stderr);
    return 2;
  }
  const std::string schema =
      argc > 3 ? read_file(argv[3]) : std::string(contract::schema_text(Dialect::browser_receipt_sourceos_v2));
  if (const auto fault = workload.set_schema(schema)) {
    std::fprintf(stderr, "schema: %s\n", fault->c_str());
    return 1;
  }
  constexpr std::string_view modes[] = {"read", "schema", "rules-warning", "rules-info"};
  std::vector<Timed> results[std::size(modes)];
  for (int round = -1; round < rounds; ++round) {  // the round before the first warms up
    for (std::size_t i = 0; i < std::size(modes); ++i) {
      const auto result = timed(workload, modes[i]);
      if (round >= 0 && result) results[i].push_back(*result);
    }
  }
  for (std::size_t i = 0; i < std::size(modes); ++i) {
    std::vector<Timed>& list = results[i];
    std::sort(list.begin(), list.end(), [](const Timed& a, const Timed& b) { return a.seconds < b.seconds; });
    const Timed& median = list[list.size() / 2];
    std::printf(
        "{\"mode\":\"%s\",\"documents\":%llu,\"valid\":%llu,\"documents_per_second\":%.0f,\"mb_per_second\":%.0f}\n",
        modes[i].data(), static_cast<unsigned long long>(median.count.documents),
        static_cast<unsigned long long>(median.count.valid),
        static_cast<double>(median.count.documents) / median.seconds,
        static_cast<double>(workload.size()) / median.seconds / 1e6);
  }
  return 0;
}
