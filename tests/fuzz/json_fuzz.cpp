// Reading: every kernel makes of any bytes what the scanner makes of them, as one document and line by line; what can
// be written canonically reads back to itself.
#include <string>
#include <vector>

#include "bearproof/json/canonical.h"
#include "bearproof/json/kernel.h"
#include "bearproof/json/reader.h"

#include "fuzz.h"

namespace {

using namespace bearproof;
using namespace bearproof::fuzz;

bool equal(const json::Document* a, const json::TextFault& why_a, const json::Document* b,
           const json::TextFault& why_b) {
  if ((a == nullptr) != (b == nullptr)) return false;
  if (a == nullptr) return why_a.rule == why_b.rule && why_a.begin == why_b.begin && why_a.end == why_b.end;
  if (a->size != b->size || a->has_bom != b->has_bom || a->has_duplicates != b->has_duplicates) return false;
  for (std::uint32_t i = 0; i < a->size; ++i) {
    const json::Node& x = a->nodes[i];
    const json::Node& y = b->nodes[i];
    if (x.tag() != y.tag() || x.count() != y.count() || x.offset != y.offset || x.extent != y.extent) return false;
  }
  return true;
}

/// One reader of each kernel, the scanner last.
std::vector<json::Reader>& readers() {
  static std::vector<json::Reader> all = [] {
    std::vector<json::Reader> made;
    for (const std::string& kernel : json::kernels()) {
      json::select_kernel(kernel);
      made.emplace_back();
    }
    json::select_kernel(json::kernels().front());
    return made;
  }();
  return all;
}

void lines_agree(std::string_view bytes, json::Reader& reader) {
  json::LineReader lines;
  json::Line line;
  lines.feed(bytes.substr(0, bytes.size() / 2));
  const auto drain = [&] {
    while (lines.next(line)) {
      // A byte order mark belongs to a stream's start, and only there.
      if (line.number == 1) continue;
      const json::Document* alone = reader.read(line.text);
      if (alone != nullptr && alone->has_bom) continue;
      require((alone == nullptr) == (line.document == nullptr), "a line reads as it does alone");
    }
  };
  drain();
  lines.feed(bytes.substr(bytes.size() / 2));
  drain();
  lines.finish();
  drain();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of(data, size);
  std::vector<json::Reader>& all = readers();
  json::Reader& scanner = all.back();
  const json::Document* expected = scanner.read(bytes);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const json::Document* document = all[i].read(bytes);
    require(equal(document, all[i].fault(), expected, scanner.fault()), "every kernel reads as the scanner does");
  }
  if (expected != nullptr) {
    if (const auto canonical = json::canonical(*expected)) {
      const json::Document* again = all.front().read(*canonical);
      require(again != nullptr, "canonical JSON is JSON");
      const auto twice = json::canonical(*again);
      require(twice.has_value() && *twice == *canonical, "canonical JSON is its own canonical form");
    }
  }
  lines_agree(bytes, all.front());
  return 0;
}
