// Digests that receipts give of files: where the file is in the collection, it has that digest.
#include <algorithm>
#include <string>
#include <vector>

#include "bearproof/json/canonical.h"
#include "bearproof/text/ascii.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

/// Where a kind names files: an object, or a list of objects, with a path and a digest.
struct Naming {
  Dialect dialect;
  std::string_view where;
  std::string_view path;
  std::string_view digest;
};
constexpr Naming namings[] = {
    {Dialect::office_artifact_evidence, "artifactHashes", "ref", "sha256"},
    {Dialect::agent_machine_mount_evidence, "downloadArtifacts", "pathRef", "sha256"},
    {Dialect::runtime_install_receipt, "manifest", "manifestRef", "manifestDigest"},
    {Dialect::runtime_install_receipt, "artifacts", "artifactRef", "digest"},
};

/// 64 hexadecimal digits in small letters; "" where the text is no SHA-256.
std::string digits_of(std::string_view text) {
  if (text.starts_with("sha256:")) text.remove_prefix(7);
  if (text.size() != 64 || !std::all_of(text.begin(), text.end(), text::is_hex_digit)) return {};
  return text::lower_case(text);
}

class Files {
 public:
  explicit Files(Linker& linker)
      : linker_(linker), index_(linker.index), by_source_(index_.strings().size()), digests_(index_.size()) {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      if (!index_[i].is_line) by_source_[index_[i].source] = i + 1;
    }
  }

  void check(DocumentIndex i, const Naming& naming) {
    Loaded loaded;
    const json::Value where = at(loaded.load(index_, i, linker_.texts), naming.where);
    if (!where) return;
    const std::string pointer = "/" + std::string(naming.where);
    if (where.is_object()) check(i, where, naming, pointer);
    if (!where.is_array()) return;
    std::size_t item = 0;
    for (const json::Value one : where.items()) check(i, one, naming, pointer + "/" + std::to_string(item++));
  }

 private:
  void check(DocumentIndex i, json::Value entry, const Naming& naming, const std::string& pointer) {
    const json::Value path = entry.is_object() ? entry.find(naming.path) : json::Value();
    const json::Value digest = path ? entry.find(naming.digest) : json::Value();
    if (!digest || !path.is_string() || !digest.is_string()) return;
    std::string scratch;
    const std::string said = digits_of(digest.string(scratch));
    const DocumentIndex file = file_of(i, path.string(scratch));
    if (said.empty() || file == Linker::nothing) return;
    const Digests& digests = digests_of(file);
    if (digests.of_text.empty() || digests.of_text == said || digests.with_mark == said) return;
    Found* found = linker_.raise(Rule::evidence_digest_file, i, pointer + "/" + std::string(naming.digest));
    linker_.also(found, file, "", "the file");
  }

  /// Of a document's text, which begins after a byte order mark, and of its file where that begins with one.
  struct Digests {
    std::string of_text;
    std::string with_mark;
  };

  /// Empty where the file cannot be read. A file that is named again and again is read once.
  const Digests& digests_of(DocumentIndex file) {
    Digests& digests = digests_[file];
    std::string text;
    if (digests.of_text.empty() && linker_.texts.read(index_, file, text)) {
      digests.of_text = digits_of(json::sha256_text(text));
      digests.with_mark = digits_of(json::sha256_text("\xEF\xBB\xBF" + text));
    }
    return digests;
  }

  /// The file that a document names, beside it or from where the check was started.
  DocumentIndex file_of(DocumentIndex i, std::string_view path) const {
    const std::string_view own = index_.text(index_[i].source);
    const std::size_t slash = own.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? std::string_view() : own.substr(0, slash + 1);
    for (const std::string_view from : {folder, std::string_view()}) {
      const StringId source = index_.strings().find(std::string(from).append(path));
      if (source != 0 && by_source_[source] != 0) return by_source_[source] - 1;
    }
    return Linker::nothing;
  }

  Linker& linker_;
  const Index& index_;
  std::vector<DocumentIndex> by_source_;  ///< by the source's number: one more than the document's
  std::vector<Digests> digests_;          ///< by document, where they were asked for
};

}  // namespace

void check_files(Linker& linker) {
  if (!linker.wants(Rule::evidence_digest_file) || !linker.any(Trait::names_files)) return;
  Files files(linker);
  for (DocumentIndex i = 0; i < linker.index.size(); ++i) {
    for (const Naming& naming : namings) {
      if (naming.dialect == linker.index[i].dialect) files.check(i, naming);
    }
  }
}

}  // namespace bearproof::collection
