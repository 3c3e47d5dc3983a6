// Agent machines: launches, their profiles, and the evidence of what they mounted.
#include <string>
#include <vector>

#include "bearproof/json/strings.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

class Machines {
 public:
  explicit Machines(Linker& linker)
      : linker_(linker),
        index_(linker.index),
        launches_(index_, Fact::profile, [](const Record& record) { return record.is(Trait::machine_launch); }),
        runs_(index_, Fact::bundle, [](const Record& record) { return record.dialect == Dialect::run_artifact; }),
        mounted_(index_, Fact::bundle, [](const Record& record) { return record.is(Trait::mount_evidence); }) {}

  void check() {
    // Evidence names no contract: it belongs to the only one that there is.
    bool wants_mounts = linker_.any(Trait::run_evidence) && !linker_.any(Trait::mount_evidence);
    std::size_t contracts = 0;
    for (DocumentIndex i = 0; i < index_.size(); ++i) contracts += index_[i].is(Trait::workstation) ? 1u : 0u;
    wants_mounts = wants_mounts && contracts == 1;
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      if (index_[i].is(Trait::bundle)) check_bundle(i);
      if (index_[i].is(Trait::workstation) && wants_mounts && index_.text(index_[i][Fact::agent_machine]) == "true") {
        linker_.raise(Rule::link_mount_evidence, i, Fact::agent_machine);
      }
    }
    // Profile by profile, each of which is read once.
    for (StringId profile = 1; profile < launches_.end(); ++profile) {
      for (const DocumentIndex launch : launches_.of(profile)) check_launch(launch);
    }
    check_platforms();
  }

 private:
  void check_reference(DocumentIndex bundle, StringId id, Trait trait, std::string pointer) {
    if (id == 0 || !linker_.any(trait) || linker_.find(id, trait) != Linker::nothing) return;
    Found* found = linker_.raise(Rule::link_repo_profile, bundle, std::move(pointer));
    if (found != nullptr) found->message << linker_.quote(id) << " is not among these documents";
  }

  void check_bundle(DocumentIndex i) {
    const Record& bundle = index_[i];
    const StringId profile = bundle[Fact::profile];
    check_reference(i, profile, Trait::machine_profile, pointer_of(bundle.dialect, Fact::profile));
    check_reference(i, bundle[Fact::mount_policy], Trait::mount_policy, pointer_of(bundle.dialect, Fact::mount_policy));
    const std::string tool_surfaces = pointer_of(bundle.dialect, List::tool_surfaces);
    std::size_t item = 0;
    for (const StringId tools : index_.references(i)) {
      check_reference(i, tools, Trait::tool_surface, tool_surfaces + "/" + std::to_string(item++));
    }
    for (const DocumentIndex run : runs_.of(bundle[Fact::bundle])) {
      if (profile != 0 && launches_.of(profile).empty()) {
        linker_.also(linker_.raise(Rule::machine_launch_no_fingerprint, run, Fact::bundle), i, Fact::profile,
                     "the profile");
      }
      const bool is_machine = profile != 0 || index_.text(bundle[Fact::backend]) == "agent-machine";
      if (is_machine && mounted_.of(bundle[Fact::bundle]).empty()) {
        linker_.also(linker_.raise(Rule::link_mount_evidence, run, Fact::bundle), i,
                     profile != 0 ? Fact::profile : Fact::backend, "what it runs on");
      }
    }
  }

  /// What was launched is what its profile describes.
  void check_launch(DocumentIndex i) {
    const DocumentIndex profile = linker_.find(index_[i][Fact::profile], Trait::machine_profile);
    if (profile == Linker::nothing || !linker_.wants(Rule::machine_fingerprint_mismatch)) return;
    for (const Fact fact : {Fact::policy_hash, Fact::container_image}) {
      const StringId launched = index_[i][fact];
      const StringId described = index_[profile][fact];
      if (launched == 0 || described == 0 || launched == described) continue;
      Found* found = linker_.raise(Rule::machine_fingerprint_mismatch, i, fact);
      if (found != nullptr) {
        found->message = fact == Fact::policy_hash ? "the launch ran under another policy"
                                                   : "the launch ran in another container image";
      }
      linker_.also(found, profile, fact, "the profile says this");
    }
    const json::Value launched = at(launch_.load(index_, i, linker_.texts), "mountedPaths");
    const json::Value described = at(profile_.load(index_, profile, linker_.texts), "mounts");
    if (!launched || !described) return;
    if (profile != mounts_of_) mounts_ = json::sorted_strings(described, "agentPath");
    mounts_of_ = profile;
    std::size_t item = 0;
    std::string scratch;
    for (const json::Value mount : launched.items()) {
      const std::string pointer = "/mountedPaths/" + std::to_string(item++);
      const json::Value path = mount.find("agentPath");
      if (!path || !path.is_string() || json::holds(mounts_, path.string(scratch))) continue;
      Found* found = linker_.raise(Rule::machine_fingerprint_mismatch, i, pointer + "/agentPath");
      linker_.also(found, profile, "/mounts", "the profile's mounts");
    }
  }

  /// Profiles of two of the three platforms are meant to cover them all.
  void check_platforms() {
    constexpr std::string_view platforms[] = {"macos", "windows", "linux"};
    DocumentIndex on[] = {Linker::nothing, Linker::nothing, Linker::nothing};
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      for (std::size_t k = 0; index_[i].is(Trait::machine_profile) && k < 3; ++k) {
        if (index_.text(index_[i][Fact::operating_system]) == platforms[k]) on[k] = i;
      }
    }
    for (std::size_t k = 0; k < 3; ++k) {
      const DocumentIndex other = on[(k + 1) % 3];
      if (on[k] != Linker::nothing || other == Linker::nothing || on[(k + 2) % 3] == Linker::nothing) continue;
      Found* found = linker_.raise(Rule::machine_example_platforms, other, Fact::operating_system);
      if (found != nullptr) found->message << "no profile is for " << words(platforms[k]);
    }
  }

  Linker& linker_;
  const Index& index_;
  const Groups launches_;  ///< fingerprints, by their profile
  const Groups runs_;
  const Groups mounted_;
  Loaded launch_;
  Loaded profile_;
  DocumentIndex mounts_of_ = Linker::nothing;  ///< the profile whose mounts these are
  std::vector<json::Value> mounts_;
};

}  // namespace

void check_machines(Linker& linker) {
  const bool concerns_any = linker.any(Trait::bundle) || linker.any(Trait::workstation) ||
                            linker.any(Trait::machine_profile) || linker.any(Trait::machine_launch);
  if (concerns_any) Machines(linker).check();
}

}  // namespace bearproof::collection
