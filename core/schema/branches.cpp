#include <algorithm>
#include <tuple>

#include "failure.h"

namespace bearproof::schema {
namespace {

bool is_value_test(Op op) {
  return op == Op::const_string || op == Op::boolean_is || op == Op::fail_enum || op == Op::enum_string ||
         op == Op::enum_values;
}

struct Score {
  bool other_type = false;   ///< the instance is of a type that the branch does not want
  bool other_value = false;  ///< the instance as a whole is not what the branch is about
  bool other_tag = false;    ///< one of its members says that it is about something else
  std::uint32_t depth = 0;
  std::uint32_t count = 0;

  auto rank() const { return std::tuple(other_type, other_value, other_tag, UINT32_MAX - depth, count); }
};

}  // namespace

void keep_best_branch(const ProgramData& program, std::vector<Failure>& log, const std::uint32_t* begins,
                      std::uint32_t branches, const Failure& parent) {
  const auto log_end = static_cast<std::uint32_t>(log.size());
  const auto end_of = [&](std::uint32_t branch) { return branch + 1 < branches ? begins[branch + 1] : log_end; };
  std::uint32_t best = 0;
  Score best_score;
  bool only_types = true;
  std::uint32_t types = 0;
  std::uint32_t of_its_type = 0;  ///< branches that want this type of value
  for (std::uint32_t branch = 0; branch < branches; ++branch) {
    Score score;
    for (std::uint32_t at = begins[branch]; at < end_of(branch); ++at) {
      const Failure& failure = log[at];
      const Op op = program.code[failure.instruction].op;
      const bool direct = failure.kind == Failure::Kind::instruction;
      if (failure.node == parent.node) {
        if (direct && (op == Op::fail_type || op == Op::integral || op == Op::fail_false || is_value_test(op))) {
          score.other_value = true;
        }
        if (direct && (op == Op::fail_type || op == Op::integral)) {
          types |= program.code[failure.instruction].as<operands::Types>().allowed;
          score.other_type = true;
        } else if (failure.kind == Failure::Kind::no_type_of_many) {
          types |= failure.detail;
          score.other_value = score.other_type = true;
        } else {
          only_types = false;
        }
      } else {
        only_types = false;
        if (direct && failure.level == parent.level + 1 && is_value_test(op)) score.other_tag = true;
      }
      // A member that ought not to be there is a fault of the object: nothing inside it was looked at.
      score.depth = std::max(score.depth, failure.level - (failure.key ? 1 : 0));
      ++score.count;
    }
    of_its_type += score.other_type ? 0 : 1;
    if (branch == 0 || score.rank() < best_score.rank()) {
      best = branch;
      best_score = score;
    }
  }
  const std::uint32_t begin = begins[0];
  // The one branch that wants this type of value says what is wrong with it; where several want another value, or all
  // another type, none is closer than the others.
  if (best_score.other_value && (branches > 1 || only_types) && of_its_type != 1) {
    Failure failure = parent;
    failure.kind = only_types ? Failure::Kind::no_type_of_many : Failure::Kind::no_branch;
    failure.detail = only_types ? types : branches;
    log.resize(begin);
    log.push_back(failure);
    return;
  }
  const auto at = [&log](std::uint32_t index) { return log.begin() + static_cast<std::ptrdiff_t>(index); };
  log.erase(at(end_of(best)), log.end());
  log.erase(at(begin), at(begins[best]));
  if (begin < log.size()) {
    log[begin].folded = static_cast<std::uint16_t>(std::min<std::uint32_t>(branches - 1, UINT16_MAX));
  } else {
    // The branch's failures did not fit into the log.
    Failure failure = parent;
    failure.kind = Failure::Kind::no_branch;
    failure.detail = branches;
    log.push_back(failure);
  }
}

}  // namespace bearproof::schema
