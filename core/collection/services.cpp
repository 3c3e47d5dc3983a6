// Services: their graph, and whether each is what its launch manifest shows.
#include <algorithm>
#include <string>
#include <vector>

#include "linker.h"

namespace bearproof::collection {
namespace {

constexpr bool is_service(Dialect dialect) { return dialect == Dialect::service; }
constexpr bool is_launch(Dialect dialect) { return dialect == Dialect::launch_manifest; }
constexpr bool is_capability(Dialect dialect) { return dialect == Dialect::capability; }

/// Lower case, without what separates words.
std::string normalized(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '-' || letter == '_' || letter == '.' || letter == ' ') continue;
    out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return out;
}

bool lists(json::Value list, std::string_view text) {
  if (!list) return false;
  for (const json::Value item : list.items()) {
    if (item.equals(text)) return true;
  }
  return false;
}

class Services {
 public:
  explicit Services(Linker& linker) : linker_(linker), index_(linker.index) {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      if (is_launch(index_[i].dialect)) launches_.push_back(i);
      if (is_service(index_[i].dialect)) ++services_;
      has_capabilities_ = has_capabilities_ || is_capability(index_[i].dialect);
    }
  }

  void check() {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      if (!is_service(index_[i].dialect)) continue;
      check_id(i);
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
  void check_id(DocumentIndex i) {
    for (const DocumentIndex other : linker_.ids.of(index_[i][Slot::id])) {
      if (other >= i || !is_service(index_[other].dialect)) continue;
      if (index_[other].hash == index_[i].hash && index_[other].size == index_[i].size) continue;
      linker_.also(linker_.raise(Rule::service_id_duplicate, i, Slot::id), other, Slot::id, "the other service");
      return;
    }
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
      const DocumentIndex defined = linker_.find(index_.strings().find(text), is_capability);
      if (defined == Linker::nothing) {
        if (Found* found = linker_.raise(Rule::service_capability_undefined, i, pointer)) {
          found->message = "capability " + Linker::quoted(text) + " is not defined among these documents";
        }
        continue;
      }
      Loaded capability;
      const json::Value definition = capability.load(index_, defined, linker_.texts);
      const json::Value domains = definition ? definition.find("compatible_authority_domains") : json::Value();
      if (!domains || lists(domains, index_.text(index_[i][Slot::place]))) continue;
      Found* found = linker_.raise(Rule::service_capability_domain, i, pointer);
      if (found != nullptr) found->message = "capability " + Linker::quoted(text) + " is not meant for this domain";
      linker_.also(found, defined, "/compatible_authority_domains", "the domains that it is for");
    }
  }

  /// The launch manifest that belongs to a service: the only one, or the one of the same product.
  DocumentIndex launch_of(DocumentIndex service) const {
    if (services_ == 1 && launches_.size() == 1) return launches_[0];
    const std::string id = normalized(index_.text(index_[service][Slot::id]));
    for (const DocumentIndex launch : launches_) {
      if (index_[launch][Slot::name] == index_[service][Slot::name]) return launch;
    }
    for (const DocumentIndex launch : launches_) {
      const std::string product = normalized(index_.text(index_[launch][Slot::name]));
      if (!product.empty() && id.find(product) != std::string::npos) return launch;
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
    const std::string_view product = index_.text(index_[launch][Slot::name]);
    if (record[Slot::name] != index_[launch][Slot::name]) {
      Found* found = linker_.raise(Rule::identity_name_mismatch, service, Slot::name);
      if (found != nullptr) {
        found->message = "the service is called " + linker_.quoted(record[Slot::name]) + ", its launch manifest " +
                         Linker::quoted(product);
      }
      linker_.also(found, launch, Slot::name, "the launch manifest's name");
    }
    if (normalized(index_.text(record[Slot::id])).find(normalized(product)) == std::string::npos) {
      linker_.also(linker_.raise(Rule::identity_service_id, service, Slot::id), launch, Slot::name, "the product");
    }
    // Of an application its own manifest asks for this already.
    const json::Value denied = at(root, "capabilities/denied");
    if (record[Slot::place] != Word::app && !lists(denied, "identity.product.upstream_leak")) {
      linker_.also(linker_.raise(Rule::identity_leak_capability, service, "/capabilities/denied"), launch, Slot::name,
                   "what it launches");
    }
  }

  /// An application may name a launch manifest; where manifests are given, it has to be among them.
  void check_gate(DocumentIndex service) {
    if (index_[service][Slot::place] != Word::app || launches_.empty()) return;
    linker_.raise(Rule::identity_launch_missing, service, Slot::name);
  }

  Linker& linker_;
  const Index& index_;
  std::vector<DocumentIndex> launches_;
  std::size_t services_ = 0;
  bool has_capabilities_ = false;
  Loaded loaded_;
};

}  // namespace

void check_services(Linker& linker) {
  if (linker.any(is_service)) return Services(linker).check();
  for (DocumentIndex i = 0; i < linker.index.size(); ++i) {
    if (is_launch(linker.index[i].dialect)) linker.raise(Rule::release_gate_1_manifest, i, Slot::id);
  }
}

}  // namespace bearproof::collection
