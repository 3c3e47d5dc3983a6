#include "bearproof/catalogue/rules.h"
#include "bearproof/schema/schema.h"

#include "explain.h"
#include "machine.h"
#include "output.h"

namespace bearproof::schema {

struct Evaluator::Impl {
  Limits limits;
  Machine machine;
};

Evaluator::Evaluator(const Limits& limits) : impl_(std::make_unique<Impl>()) { impl_->limits = limits; }
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

bool Evaluator::evaluate(const Program& program, json::Value root, FindingSink& sink) {
  Machine& machine = impl_->machine;
  const auto limited = [&] {
    if (machine.stopped() == Machine::Stop::no) return false;
    sink.raise(machine.stopped() == Machine::Stop::memory ? Rule::limit_memory : Rule::limit_steps,
               Place::value(root.index()));
    return true;
  };
  // Explaining, too, begins with a decision: what is valid needs no explanation, and both modes say the same.
  if (machine.decide(*program.impl_, root, impl_->limits)) return true;
  if (limited()) return false;
  if (!sink.explaining()) {
    sink.suspect();
    return false;
  }
  const bool valid = machine.explain(*program.impl_, root, impl_->limits);
  tell(*program.impl_, root.document(), machine.log(), sink);
  for (std::uint64_t i = 0; i < machine.lost(); ++i) sink.raise(Rule::schema_shape, Place::value(root.index()));
  if (!limited() && (valid || machine.log().empty())) sink.raise(Rule::engine_failed, Place::value(root.index()));
  return false;
}

bool Evaluator::output(const Program& program, json::Value root, OutputForm form, std::string& out,
                       const json::Redaction* redaction) {
  Machine& machine = impl_->machine;
  const bool flag = form == OutputForm::flag;
  const bool valid = flag ? machine.decide(*program.impl_, root, impl_->limits)
                          : machine.annotate(*program.impl_, root, impl_->limits);
  if (flag) {
    write_flag(valid, out);
  } else {
    write_basic(*program.impl_, root.document(), machine, valid, redaction, out);
  }
  return valid;
}

bool Evaluator::modes_agree(const Program& program, json::Value root) {
  Machine& machine = impl_->machine;
  const bool decided = machine.decide(*program.impl_, root, impl_->limits);
  if (machine.stopped() != Machine::Stop::no) return true;
  const bool explained = machine.explain(*program.impl_, root, impl_->limits);
  if (machine.stopped() != Machine::Stop::no) return true;
  return decided == explained && explained == machine.log().empty();
}

}  // namespace bearproof::schema
