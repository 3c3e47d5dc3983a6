// Services: their graph, and whether each is what its launch manifest shows.
#include <algorithm>
#include <string>
#include <vector>

#include "bearproof/text/ascii.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

bool lists(json::Value list, std::string_view text) {
  if (!list) return false;
  for (const json::Value item : list.items()) {
    if (item.equals(text)) return true;
  }
  return false;
}

/// Among so many launch manifests that of a service is guessed from its id; among more only its name counts.
constexpr std::size_t most_products = 1000;

struct Product {
  std::string name;  ///< normalized
  DocumentIndex launch;
};

class Services {
 public:
  explicit Services(Linker& linker)
      : linker_(linker),
        index_(linker.index),
        launches_(index_, Fact::display_name, [](const Record& record) { return record.is(Trait::launch_manifest); }),
        has_capabilities_(linker.any(Trait::capability)) {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      const Record& record = index_[i];
      if (record.is(Trait::service)) ++services_;
      if (record.is(Trait::launch_manifest) && ++launch_count_ <= most_products) {
        products_.push_back({text::normalised_name(index_.text(record[Fact::display_name])), i});
      }
      if (!record.is(Trait::capability)) continue;
      for (const StringId domain : index_.references(i)) domains_.add(meant_for(i, domain));
    }
  }

  void check() {
    check_ids();
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      if (!index_[i].is(Trait::service)) continue;
      const json::Value root = loaded_.load(index_, i, linker_.texts);
      if (!root) continue;
      if (has_capabilities_) {
        check_capabilities(i, root, "required");
        check_capabilities(i, root, "optional");
      }
      check_identity(i, root);
    }
  }

 private:
  /// Services that share an id are copies of one, or a contradiction: each is held against the first, and what is like
  /// that against the first that is not.
  void check_ids() {
    const Groups services(index_, Fact::id, [](const Record& record) { return record.is(Trait::service); });
    for (StringId id = 1; id < services.end(); ++id) {
      DocumentIndex another = Linker::nothing;
      for (const DocumentIndex i : services.of(id)) {
        const DocumentIndex first = services.of(id)[0];
        const bool is_copy = linker_.are_copies(first, i);
        if (!is_copy && another == Linker::nothing) another = i;
        const DocumentIndex other = is_copy ? another : first;
        if (other == Linker::nothing) continue;
        linker_.also(linker_.raise(Rule::service_id_duplicate, i, Fact::id), other, Fact::id, "the other service");
      }
    }
  }

  /// A capability and a domain that it is meant for, as a key.
  static std::string meant_for(DocumentIndex capability, StringId domain) {
    return std::to_string(capability) + " " + std::to_string(domain);
  }

  void check_capabilities(DocumentIndex i, json::Value root, std::string_view which) {
    const std::string path = "capabilities/" + std::string(which);
    const json::Value list = at(root, path);
    if (!list) return;
    std::size_t item = 0;
    std::string scratch;
    for (const json::Value name : list.items()) {
      const std::string pointer = "/" + path + "/" + std::to_string(item++);
      if (!name.is_string()) continue;
      const std::string_view text = name.string(scratch);
      const DocumentIndex defined = linker_.find(index_.strings().find(text), Trait::capability);
      if (defined == Linker::nothing) {
        if (Found* found = linker_.raise(Rule::service_capability_undefined, i, pointer)) {
          found->message << "capability " << quote(text) << " is not defined among these documents";
        }
        continue;
      }
      const Index::References domains = index_.references(defined);
      if (domains.begin() == domains.end()) continue;
      if (domains_.find(meant_for(defined, index_[i][Fact::authority_domain])) != 0) continue;
      Found* found = linker_.raise(Rule::service_capability_domain, i, pointer);
      if (found != nullptr) found->message << "capability " << quote(text) << " is not meant for this domain";
      linker_.also(found, defined, pointer_of(index_[defined].dialect, List::authority_domains),
                   "the domains that it is for");
    }
  }

  /// The launch manifest that belongs to a service: the only one, or the one of the same product.
  DocumentIndex launch_of(DocumentIndex service) const {
    if (services_ == 1 && launch_count_ == 1) return products_[0].launch;
    const Groups::Group namesakes = launches_.of(index_[service][Fact::display_name]);
    if (!namesakes.empty()) return namesakes[0];
    const std::string id = text::normalised_name(index_.text(index_[service][Fact::id]));
    for (const Product& product : products_) {
      if (!product.name.empty() && id.find(product.name) != std::string::npos) return product.launch;
    }
    return Linker::nothing;
  }

  void check_identity(DocumentIndex service, json::Value root) {
    const DocumentIndex launch = launch_of(service);
    if (launch == Linker::nothing) {
      check_gate(service);
      return;
    }
    const Record& record = index_[service];
    const std::string_view product = index_.text(index_[launch][Fact::display_name]);
    if (record[Fact::display_name] != index_[launch][Fact::display_name]) {
      Found* found = linker_.raise(Rule::identity_name_mismatch, service, Fact::display_name);
      if (found != nullptr) {
        found->message << "the service is called " << linker_.quote(record[Fact::display_name])
                       << ", its launch manifest " << quote(product);
      }
      linker_.also(found, launch, Fact::display_name, "the launch manifest's name");
    }
    if (text::normalised_name(index_.text(record[Fact::id])).find(text::normalised_name(product)) ==
        std::string::npos) {
      linker_.also(linker_.raise(Rule::identity_service_id, service, Fact::id), launch, Fact::display_name,
                   "the product");
    }
    // Of an application its own manifest asks for this already.
    const json::Value denied = at(root, "capabilities/denied");
    if (record[Fact::authority_domain] != Word::app && !lists(denied, "identity.product.upstream_leak")) {
      linker_.also(linker_.raise(Rule::identity_leak_capability, service, "/capabilities/denied"), launch,
                   Fact::display_name, "what it launches");
    }
  }

  /// An application may name a launch manifest; where manifests are given, it has to be among them.
  void check_gate(DocumentIndex service) {
    if (index_[service][Fact::authority_domain] != Word::app || launch_count_ == 0 || launch_count_ > most_products)
      return;
    linker_.raise(Rule::identity_launch_missing, service, Fact::display_name);
  }

  Linker& linker_;
  const Index& index_;
  const Groups launches_;  ///< by name
  std::vector<Product> products_;
  Strings domains_;  ///< by meant_for
  std::size_t launch_count_ = 0;
  std::size_t services_ = 0;
  bool has_capabilities_;
  Loaded loaded_;
};

}  // namespace

void check_services(Linker& linker) {
  if (linker.any(Trait::service)) return Services(linker).check();
  for (DocumentIndex i = 0; i < linker.index.size(); ++i) {
    if (linker.index[i].is(Trait::launch_manifest)) linker.raise(Rule::release_gate_1_manifest, i, Fact::id);
  }
}

}  // namespace bearproof::collection
