// Identifiers that a person cannot tell apart: what is revoked or trusted under one is then taken for the other.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/text/deception.h"
#include "bearproof/text/glance.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

/// An identifier of the receipts, and the first document that holds it.
struct Look {
  std::uint32_t hash;  ///< of what it looks like
  StringId id;
  DocumentIndex document;
};

bool takes_part(const Record& record) { return record.is_current && record.is(Trait::browser_receipt); }

template <typename Visit>
void for_each_name(const Index& index, Fact fact, Visit visit) {
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (takes_part(index[i]) && index[i][fact] != 0) visit(index.text(index[i][fact]));
  }
}

/// Whether no two of the identifiers can look the same: behind what all of them start with, nothing looks
/// like anything else. So it is with hexadecimal ids, which most are.
bool are_all_distinct(const Index& index, Fact fact) {
  std::string_view prefix;
  bool first = true;
  for_each_name(index, fact, [&](std::string_view name) {
    if (first) prefix = name;
    first = false;
    if (name.starts_with(prefix)) return;
    const auto differ = std::mismatch(prefix.begin(), prefix.end(), name.begin(), name.end());
    prefix = prefix.substr(0, static_cast<std::size_t>(differ.first - prefix.begin()));
  });
  bool distinct = true;
  for_each_name(index, fact, [&](std::string_view name) {
    distinct = distinct && !text::may_look_alike(name.substr(prefix.size()));
  });
  return distinct;
}

std::vector<Look> looks_of(const Index& index, Fact fact) {
  std::vector<Look> looks;
  std::vector<bool> seen(index.strings().size());
  std::string skeleton;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (!takes_part(index[i])) continue;
    const StringId id = index[i][fact];
    if (id == 0 || seen[id]) continue;
    seen[id] = true;
    text::write_skeleton(index.text(id), skeleton);
    looks.push_back({hash_of(skeleton), id, i});
  }
  stable_sort(looks, [](const Look& a, const Look& b) { return a.hash < b.hash; });
  return looks;
}

void check_identifiers(Linker& linker, Fact fact, std::string_view what) {
  const Index& index = linker.index;
  if (are_all_distinct(index, fact)) return;
  const std::vector<Look> looks = looks_of(index, fact);
  // By identifier: the first document with another one that looks the same.
  std::vector<DocumentIndex> others;
  std::string first;
  std::string other;
  for (std::size_t i = 0; i < looks.size();) {
    std::size_t end = i + 1;
    while (end < looks.size() && looks[end].hash == looks[i].hash) ++end;
    if (end > i + 1) {
      text::write_skeleton(index.text(looks[i].id), first);
      for (std::size_t k = i + 1; k < end; ++k) {
        text::write_skeleton(index.text(looks[k].id), other);
        if (other != first) continue;
        if (others.empty()) others.resize(index.strings().size(), Linker::nothing);
        others[looks[k].id] = looks[i].document;
      }
    }
    i = end;
  }
  if (others.empty()) return;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (!takes_part(index[i])) continue;
    const StringId id = index[i][fact];
    if (others[id] == Linker::nothing) continue;
    Found* found = linker.raise(Rule::browser_identifier_look_alike, i, fact);
    if (found == nullptr) continue;
    found->message << words(what) << " " << linker.quote(id) << " looks like " << linker.quote(index[others[id]][fact])
                   << " of another receipt, and is not the same";
    linker.also(found, others[id], fact, "the one that it looks like");
  }
}

}  // namespace

void check_look_alikes(Linker& linker) {
  if (!linker.wants(Rule::browser_identifier_look_alike) || !linker.any(Trait::browser_receipt)) return;
  check_identifiers(linker, Fact::id, "receipt");
  check_identifiers(linker, Fact::session, "session");
  check_identifiers(linker, Fact::owner, "owner");
}

}  // namespace bearproof::collection
