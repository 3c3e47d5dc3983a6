#include "fault_list.h"

#include "bearproof/catalogue/rules.h"

namespace bearproof::schema {

void FaultList::add(const Location& location, RuleCase rule, Place place, Message message) {
  // As many as a document may have; that there are some is what counts.
  if (!faults_.empty() && faults_.size() >= most_) return;
  SchemaFault found = fault_at(location.source(), rule, place, std::move(message));
  for (const SchemaFault& known : faults_) {
    if (known.place == found.place && known.rule == found.rule && known.uri == found.uri) return;
  }
  faults_.push_back(std::move(found));
}

void FaultList::add_schema_invalid(const Location& location, json::Value at, Message message) {
  add(location, Rule::schema_invalid, Place::value(at.index()), std::move(message));
}

void FaultList::add_without_place(RuleCase rule, std::string uri, Message message) {
  SchemaFault fault;
  fault.rule = rule;
  fault.uri = std::move(uri);
  fault.place = Place::bytes(0, 0);
  fault.message = std::move(message);
  faults_.push_back(std::move(fault));
}

}  // namespace bearproof::schema
