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
  /// How a service may use a capability; lists are in this order.
  static constexpr std::string_view uses[3] = {"required", "optional", "denied"};

  struct Service {
    std::string id;
    std::string name;
    std::string domain;
    std::string owner;
    bool emits_events = false;
    bool incident_bundle = false;
    std::vector<std::string> capabilities[3];  ///< one list for each use, in order
  };
  struct Capability {
    std::string id;
    bool is_defined = false;               ///< by a document of its own
    std::vector<std::string> services[3];  ///< ids, one list for each use
  };

  /// Takes a service manifest or a capability's definition; other documents are passed over.
  void add(json::Value root);

  /// `{"services":[{"id","name","domain","owner","emitsEvents","incidentBundle","required","optional","denied"}],
  ///   "capabilities":[{"id","defined","requiredBy","optionalFor","deniedBy"}],
  ///   "summary":{"services","capabilities","undefined","domains":{"app":1},"owners":{…}}}`,
  /// services and capabilities in the order of their ids.
  std::string json() const;
  std::string dot() const;
  std::string mermaid() const;

  /// In the order of their ids.
  std::vector<Service> services() const;
  /// Those that a service names, or that are defined here, in the order of their ids.
  std::vector<Capability> capabilities() const;

  bool defines_any() const { return !defined_.empty(); }
  bool empty() const { return services_.empty(); }

 private:
  std::vector<Service> services_;
  std::vector<std::string> defined_;
};

}  // namespace bearproof::collection
