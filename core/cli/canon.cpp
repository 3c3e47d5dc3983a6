#include <algorithm>
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/text.h"
#include "bearproof/report/visible.h"

#include "commands.h"
#include "files.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

/// Shows why a text has no canonical form, as a check would.
void show(const std::string& name, const std::string& text, const json::Document* document,
          const json::TextFault& fault, World& world) {
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::info, true, 1);
  if (Finding* finding = sink.raise(fault.rule, Place::bytes(fault.begin, fault.end)))
    finding->message << words(fault.message);
  report::Subject subject;
  subject.source = name;
  subject.text = text;
  subject.document = document;
  world.err.write(report::document_text(report::build(subject, sink), {text, 0}, {}));
  world.err.flush();
}

/// Reads a document and writes its canonical form to `out`.
Exit canonical_of(const std::string& name, std::string& out, World& world) {
  const Limits limits;
  std::string text;
  const int error =
      name == "-" ? read_all(world.in, limits.document, 0, text) : read_file({name}, limits.document, text);
  if (error != 0) {
    system_error(world, name, error);
    return Exit::system;
  }
  json::Reader reader(limits);
  const json::Document* document = reader.read(text);
  if (document == nullptr) {
    show(name, text, nullptr, reader.fault(), world);
    return Exit::findings;
  }
  auto canonical = json::canonical(*document);
  if (!canonical) {
    show(name, text, document, canonical.error(), world);
    return Exit::findings;
  }
  out = std::move(*canonical);
  return Exit::ok;
}

}  // namespace

Exit canon(const CanonArguments& arguments, World& world) {
  std::string canonical;
  const Exit result = canonical_of(arguments.file, canonical, world);
  if (result != Exit::ok) return result;
  // The very bytes that `digest` hashes; a newline only where a person looks at them.
  world.out.write(canonical);
  if (world.out_is_terminal) world.out.write("\n");
  return Exit::ok;
}

Exit digest(const DigestArguments& arguments, World& world) {
  Exit worst = Exit::ok;
  for (const std::string& file : arguments.files) {
    std::string canonical;
    const Exit result = canonical_of(file, canonical, world);
    if (result == Exit::ok) {
      std::string line = json::sha256_text(canonical);
      if (arguments.files.size() > 1) line.append("  ").append(report::visible(file));
      world.out.write(line + "\n");
    }
    worst = std::max(worst, result);
  }
  return worst;
}

}  // namespace bearproof::cli
