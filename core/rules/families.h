// The rules of each family of kinds. Every function looks at one document and raises what is wrong with it.
#pragma once

#include "bearproof/finding/finding.h"
#include "bearproof/rules/rules.h"

namespace bearproof::rules {

/// Rules that hold for every document, of whatever kind: doc.* and format.*.
void check_document(const Context& context, FindingSink& sink);

void check_browser(const Context& context, FindingSink& sink);
void check_browser_record(const Context& context, FindingSink& sink);
void check_capability(const Context& context, FindingSink& sink);
void check_bundle(const Context& context, FindingSink& sink);
void check_run_receipt(const Context& context, FindingSink& sink);
void check_trace(const Context& context, FindingSink& sink);
void check_capability_shell(const Context& context, FindingSink& sink);
void check_git(const Context& context, FindingSink& sink);
void check_orphan(const Context& context, FindingSink& sink);
void check_install(const Context& context, FindingSink& sink);
void check_machine(const Context& context, FindingSink& sink);
void check_host_interface(const Context& context, FindingSink& sink);
void check_workstation(const Context& context, FindingSink& sink);
void check_event(const Context& context, FindingSink& sink);
void check_policy(const Context& context, FindingSink& sink);
void check_process(const Context& context, FindingSink& sink);
void check_service(const Context& context, FindingSink& sink);
void check_state(const Context& context, FindingSink& sink);
void check_evidence(const Context& context, FindingSink& sink);

}  // namespace bearproof::rules
