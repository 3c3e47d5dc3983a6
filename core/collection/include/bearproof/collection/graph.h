// Services and capabilities as a graph.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::collection {

/// What a graph of services shows. Filled in document by document, written in one of several forms.
class ServiceGraph {
 public:
  /// Takes a service manifest or a capability's definition; other documents are passed over.
  void add(json::Value root);

  /// `{"services":[{"id","name","domain","owner","emitsEvents","incidentBundle","required","optional","denied"}],
  ///   "capabilities":[{"id","defined","requiredBy","optionalFor","deniedBy"}],
  ///   "summary":{"services","capabilities","undefined","domains":{"app":1},"owners":{…}}}`,
  /// services and capabilities in the order of their ids.
  std::string json() const;
  std::string dot() const;
  std::string mermaid() const;
  /// For people: each service with its capabilities, then the capabilities that nothing defines.
  std::string text() const;

  bool empty() const { return services_.empty(); }

 private:
  struct Service {
    std::string id;
    std::string name;
    std::string domain;
    std::string owner;
    bool emits_events = false;
    bool incident_bundle = false;
    std::vector<std::string> capabilities[3];  ///< required, optional, denied
  };
  struct Capability {
    std::string id;
    bool is_defined = false;
    std::vector<std::string> services[3];
  };
  std::vector<Service> sorted() const;
  std::vector<Capability> capabilities() const;

  std::vector<Service> services_;
  std::vector<std::string> defined_;
};

}  // namespace bearproof::collection
