// How fast json/ reads: receipts of about a kilobyte, as lines of NDJSON and one by one, with every kernel that this
// machine can run. Prints the median of several rounds; `bench/json_parse.mjs` does the same with JSON.parse.
//
// Usage: json_bench [rounds] [file.ndjson]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/kernel.h"
#include "bearproof/json/reader.h"

namespace {

using namespace bearproof;
using namespace bearproof::json;

/// A receipt such as an agent's browser session leaves behind; the numbers make each one different.
std::string receipt(std::uint32_t i) {
  const std::string n = std::to_string(100000 + i);
  return R"({"id":"urn:srcos:receipt:browser-automation:)" + n +
         R"(","type":"BrowserAutomationReceipt","specVersion":"2.0.0","sessionRef":"urn:srcos:session:)" + n +
         R"(","agentRef":"urn:srcos:agent:research-helper","userRef":"urn:srcos:user:ada","automationTransport":"cdp",)"
         R"("userVisible":true,"revocable":true,"requestedCapabilities":["navigate","read-dom","screenshot"],)"
         R"("grantedCapabilities":["navigate","read-dom"],"deniedCapabilities":["screenshot"],)"
         R"("policyDecisionRef":"urn:srcos:decision:)" +
         n + R"(","effectiveState":"active","startedAt":"2026-03-0)" + std::to_string(i % 9 + 1) +
         R"(T09:15:00Z","endedAt":null,"origins":["https://example.org","https://docs.example.net/a/b?c=d"],)"
         R"("evidenceRefs":["urn:srcos:evidence:)" +
         n + R"(:1","urn:srcos:evidence:)" + n + R"(:2"],"counters":{"navigations":)" + std::to_string(i % 40) +
         R"(,"clicks":)" + std::to_string(i % 97) + R"(,"bytesRead":)" + std::to_string(i * 31) +
         R"(,"seconds":12.5},"notes":"Opened the page, read the table and left it as it was.","attestation":)"
         R"({"hash":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","signed":false}})";
}

/// Processor time, so that other work on the machine counts less.
double median_seconds(int rounds, const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int i = 0; i < rounds; ++i) {
    const std::clock_t start = std::clock();
    work();
    seconds.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::nth_element(seconds.begin(), seconds.begin() + rounds / 2, seconds.end());
  return seconds[static_cast<std::size_t>(rounds / 2)];
}

void report(std::string_view kernel, const char* what, std::size_t bytes, std::uint64_t documents, double seconds) {
  std::printf("%-10.*s %-24s %8.0f MB/s %8.0f k documents/s\n", static_cast<int>(kernel.size()), kernel.data(), what,
              static_cast<double>(bytes) / 1e6 / seconds, static_cast<double>(documents) / 1e3 / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 11;
  std::string text;
  if (argc > 2) {
    std::FILE* const file = std::fopen(argv[2], "rb");
    if (file == nullptr) {
      std::fprintf(stderr, "cannot open %s\n", argv[2]);
      return 3;
    }
    char buffer[65536];
    for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, got);
    std::fclose(file);
  } else {
    for (std::uint32_t i = 0; i < 20'000; ++i) text += receipt(i) + "\n";
  }
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  std::string array = "[";
  for (const std::string_view line : lines) {
    if (array.size() > 1) array += ',';
    array += line;
  }
  array += ']';
  std::printf("%zu lines, %zu bytes, median of %d rounds\n", lines.size(), text.size(), rounds);

  for (const std::string& kernel : kernels()) {
    select_kernel(kernel);
    std::uint64_t documents = 0;
    report(kernel, "NDJSON", text.size(), lines.size(), median_seconds(rounds, [&] {
             LineReader reader;
             reader.feed(text);
             reader.finish();
             documents = 0;
             for (Line line; reader.next(line);) documents += line.document != nullptr ? 1u : 0u;
           }));
    if (documents != lines.size())
      std::printf("  only %llu are documents\n", static_cast<unsigned long long>(documents));
    Reader reader;
    report(kernel, "one document at a time", text.size(), lines.size(), median_seconds(rounds, [&] {
             for (const std::string_view line : lines) documents += reader.read(line) != nullptr ? 1u : 0u;
           }));
    report(kernel, "one large document", array.size(), 1,
           median_seconds(rounds, [&] { documents += reader.read(array) != nullptr ? 1u : 0u; }));
  }
  return 0;
}
