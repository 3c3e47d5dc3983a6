// Where processes came from.
#include "bearproof/catalogue/rules.h"

#include "families.h"
#include "fields.h"

namespace bearproof::rules {

void check_process(const Context& context, FindingSink& sink) {
  const json::Value process = at(context.root, "process_identity");
  const json::Value program = at(context.root, "executable_identity");

  const json::Value exit = at(process, "exit");
  const auto is_recorded = [&](std::string_view key) {
    const json::Value value = at(exit, key);
    return value && !value.is_null();
  };
  if (is_true(at(exit, "observed")) && !is_recorded("exit_code") && !is_recorded("signal")) {
    sink.raise(Rule::provenance_exit_unobserved, Place::value(exit.index()));
  }
  const json::Value hash = at(program, "content_hash");
  if (hash && is_blank(hash) && index_of(at(program, "package_origin"), {"system", "package_manager"}) >= 0) {
    sink.raise(Rule::provenance_hash_missing, Place::value(hash.index()));
  }
  const json::Value path = at(program, "path_class");
  const json::Value signature = at(program, "signature_state");
  if (is(signature, "invalid") || (is(signature, "unsigned") && is(path, "system"))) {
    sink.raise(Rule::provenance_signature, Place::value(signature.index()));
  }
  if (index_of(path, {"ephemeral_tmp", "remote_mount"}) >= 0 &&
      is(at(process, "environment_class"), "system_service")) {
    sink.raise(Rule::provenance_tmp_exec, Place::value(path.index()));
  }
}

}  // namespace bearproof::rules
