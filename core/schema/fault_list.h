// What is wrong with a schema, gathered while it is compiled.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "resources.h"

namespace bearproof::schema {

class FaultList {
 public:
  /// @param most  faults that are kept; the first one always is
  explicit FaultList(std::uint64_t most) : most_(most) {}

  /// Adds a fault at a place in the text of `location`, unless the same rule has one at that place: one broken place is
  /// told once, however many references lead there.
  void add(const Location& location, RuleCase rule, Place place, Message message);
  void add_schema_invalid(const Location& location, json::Value at, Message message);
  /// Adds a fault that has no place in a registered text.
  void add_without_place(RuleCase rule, std::string uri, Message message);

  bool empty() const { return faults_.empty(); }
  const std::vector<SchemaFault>& all() const { return faults_; }
  std::vector<SchemaFault> take() { return std::move(faults_); }
  void replace(std::vector<SchemaFault> faults) { faults_ = std::move(faults); }

 private:
  std::uint64_t most_;
  std::vector<SchemaFault> faults_;
};

}  // namespace bearproof::schema
