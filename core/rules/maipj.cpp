// Receipts of energy and outcome, and the traces that they are assembled from.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/decimal.h"
#include "bearproof/json/quotation.h"

#include "families.h"

namespace bearproof::rules {
namespace {

constexpr std::size_t part_count = 8;

/// The parts of an energy account, and their total.
constexpr contract::KeyMap<part_count + 1> energy_keys(std::array<std::string_view, part_count + 1>{
    "train_amortized", "inference", "data_move", "network", "storage", "control", "idle", "cooling_adjusted", "total"});

double number(json::Value value) { return json::nearest_double(value.raw()); }

/// Joules to the millionth, without the zeros at the end; "" for what is too large to be written so.
std::string joules(double value) {
  constexpr double most = 9e12;
  if (!(std::fabs(value) < most)) return {};
  const std::int64_t micro = std::llround(value * 1e6);
  const std::int64_t size = micro < 0 ? -micro : micro;
  std::string digits = std::to_string(size % 1000000);
  digits.insert(0, 6 - digits.size(), '0');
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  std::string text = (micro < 0 ? "-" : "") + std::to_string(size / 1000000);
  if (!digits.empty()) text.append(".").append(digits);
  return text;
}

void check_energy(json::Value energy, FindingSink& sink) {
  if (!energy || !energy.is_object()) return;
  const contract::Members<part_count + 1> members(energy, energy_keys);
  double sum = 0;
  for (std::size_t i = 0; i <= part_count; ++i) {
    // What is missing or no number is another rule's finding.
    if (!members.has(i) || !members[i].is_number()) return;
    if (i < part_count) sum += number(members[i]);
  }
  const json::Value total = members[part_count];
  const double difference = std::fabs(number(total) - sum);
  if (difference <= 1e-6 * (sum > 1 ? sum : 1)) return;
  Finding* found = sink.raise(Rule::receipt_maipj_energy_sum, Place::value(total.index()));
  const std::string text = found == nullptr ? std::string() : joules(sum);
  if (!text.empty()) found->message << "the total is " << quote(total) << ", its parts add up to " << words(text);
}

constexpr std::size_t event_count = 8;

constexpr contract::KeyMap<event_count> events(std::array<std::string_view, event_count>{
    "workspace.locked", "context.pack.selected", "context.pack.fetched", "policy.evaluated", "placement.selected",
    "run.started", "run.completed", "evidence.sealed"});

/// Who writes each of them.
constexpr std::string_view writers[event_count] = {"sociosphere", "slash-topics", "slash-topics", "human-digital-twin",
                                                   "agentplane",  "agentplane",   "agentplane",   "agentplane"};

}  // namespace

void check_run_receipt(const Context& context, FindingSink& sink) {
  check_energy(context.root.find("energy_j"), sink);
  const json::Value receipt = context.root.find("receipt_id");
  const json::Value trace = context.root.find("trace_id");
  if (!receipt || !trace || !receipt.is_string() || !trace.is_string()) return;
  std::string receipt_scratch;
  std::string trace_scratch;
  const std::string_view id = receipt.string(receipt_scratch);
  const std::string_view of = trace.string(trace_scratch);
  if (id.starts_with("rpt_") && id.substr(4) == of) return;
  if (Finding* found = sink.raise(Rule::receipt_maipj_id, Place::value(receipt.index()))) {
    found->message << "receipt_id is not rpt_ and the trace_id " << quote(trace);
    found->related.push_back({0, Place::value(trace.index()), "the trace_id"});
  }
}

void check_trace(const Context& context, FindingSink& sink) {
  const json::Value trace = context.root.find("trace_id");
  const json::Value list = context.root.find("events");
  if (!list || !list.is_array()) return;
  std::uint32_t seen = 0;
  std::string scratch;
  for (const json::Value event : list.items()) {
    const json::Value own = event.find("trace_id");
    if (own && own.is_string() && trace && trace.is_string() && !json::equal_values(own, trace)) {
      if (Finding* found = sink.raise(Rule::receipt_maipj_trace_mixed, Place::value(own.index()))) {
        found->related.push_back({0, Place::value(trace.index()), "the trace that this is"});
      }
    }
    const json::Value type = event.find("event_type");
    const int known = type && type.is_string() ? events.find(type.string(scratch)) : -1;
    if (known < 0) continue;
    seen |= 1u << known;
    const json::Value producer = event.find("producer");
    const std::string_view writer = writers[known];
    if (!producer || !producer.is_string() || producer.equals(writer)) continue;
    if (Finding* found = sink.raise(Rule::receipt_maipj_writer, Place::value(producer.index()))) {
      found->message << words(events[static_cast<std::size_t>(known)]) << " is " << words(writer) << "'s to write, not "
                     << quote(producer) << "'s";
    }
  }
  if (seen == (1u << event_count) - 1) return;
  Finding* found = sink.raise(Rule::receipt_maipj_missing_event, Place::value(list.index()));
  if (found == nullptr) return;
  for (std::size_t i = 0; i < event_count; ++i) {
    if ((seen >> i & 1u) != 0) continue;
    found->message << (found->message.empty() ? "the trace lacks " : ", ") << words(events[i]);
  }
}

}  // namespace bearproof::rules
