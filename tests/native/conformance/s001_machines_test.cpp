// The acceptance sentences of sourceos-spec issue 76, about agent machines.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

const std::string examples = "schemas/machine/examples/";

std::string example(const std::string& name) {
  const auto text = test::read_file(test::source_path(examples + name));
  EXPECT_TRUE(text) << name;
  return text.value_or("");
}

std::vector<std::string> found_in(std::string_view text) {
  Validator validator(CheckOptions{});
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : validator.check("document.json", text).findings) {
    lines.push_back(std::string(info_of(finding.rule_case).id) + " " + std::string(name_of(finding.severity)));
  }
  return lines;
}

/// A text with the value at a pointer replaced, or taken out with its member where `value` is empty.
std::string with(const std::string& text, const std::vector<std::string_view>& path, std::string_view value) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr);
  if (document == nullptr) return text;
  json::Value at = document->root();
  json::Value key;
  for (const std::string_view part : path) {
    if (at.is_array()) {
      at = *at.items().begin();
      continue;
    }
    json::Value next;
    for (const json::Member member : at.members()) {
      if (!member.key.equals(part)) continue;
      key = member.key;
      next = member.value;
    }
    EXPECT_TRUE(next) << part;
    if (!next) return text;
    at = next;
  }
  std::string out = text;
  const json::Value::Span span = at.span();
  if (!value.empty()) return out.replace(span.begin, span.end - span.begin, value);
  std::size_t begin = key.span().begin;
  std::size_t end = span.end;
  const std::size_t comma = out.find_first_not_of(" \n", end);
  if (out[comma] == ',') {
    end = comma + 1;
  } else {
    begin = out.rfind(',', begin);
  }
  return out.erase(begin, end - begin);
}

using Lines = std::vector<std::string>;

const char* const profiles[] = {
    "agent-machine-profile.macos.example.json", "agent-machine-profile.windows.example.json",
    "agent-machine-profile.windows-podman.example.json", "agent-machine-profile.linux.example.json"};

TEST(S001Acceptance, ExamplesValidateAgainstTheSchemas) {
  int tried = 0;
  for (const std::string& path : test::files_below(test::source_path("schemas/machine/examples"), ".json")) {
    EXPECT_EQ(found_in(test::read_file(path).value_or("")), Lines{}) << path;
    ++tried;
  }
  EXPECT_GE(tried, 11);
}

TEST(S001Acceptance, ExamplesCoverMacosWindowsAndLinux) {
  const auto says = [](const char* name, std::string_view what) {
    return example(name).find(what) != std::string::npos;
  };
  EXPECT_TRUE(says(profiles[0], "\"os\": \"macos\"") && says(profiles[0], "\"arch\": \"arm64\""));
  EXPECT_TRUE(says(profiles[1], "\"provider\": \"wsl2\"") && says(profiles[1], "\"os\": \"windows\""));
  EXPECT_TRUE(says(profiles[2], "\"provider\": \"podman-machine\"") && says(profiles[2], "\"os\": \"windows\""));
  EXPECT_TRUE(says(profiles[3], "\"provider\": \"native\"") && says(profiles[3], "\"os\": \"linux\""));
  EXPECT_EQ(found_in(example("agent-machine-fingerprint.example.json")), Lines{});
}

TEST(S001Acceptance, TheProfileDistinguishesSixPlanes) {
  for (const char* profile : profiles) {
    const std::string text = example(profile);
    const char* before = nullptr;
    for (const char* plane : {"host", "machine", "container", "repo", "user", "agent"}) {
      EXPECT_EQ(found_in(with(text, {"planes", plane}, "")), Lines{"machine.planes.missing error"}) << plane;
      if (before != nullptr) {
        const std::string same = with(text, {"planes", before, "ref"}, "\"urn:srcos:plane:one\"");
        EXPECT_EQ(found_in(with(same, {"planes", plane, "ref"}, "\"urn:srcos:plane:one\"")),
                  Lines{"machine.planes.missing error"})
            << plane;
      }
      before = plane;
    }
  }
}

TEST(S001Acceptance, MountingHostSecretsIsForbiddenByDefault) {
  const std::string text = example("agent-workspace-mount.read-only.example.json");
  for (const std::string folder :
       {".ssh", ".gnupg", "Library/Keychains", ".aws", ".config/gcloud", ".azure", ".kube", ".docker", ".npmrc",
        ".pypirc", "Library/Application Support/Google/Chrome/Default", ".mozilla/firefox"}) {
    for (const std::string home : {"~/", "$HOME/", "${HOME}/", "/home/ada/", "/Users/ada/", "C:\\\\Users\\\\ada\\\\"}) {
      EXPECT_EQ(found_in(with(text, {"mount", "hostPath"}, '"' + home + folder + '"')),
                Lines{"machine.mount.host-secret error"})
          << home << folder;
    }
  }
  EXPECT_EQ(found_in(with(example("agent-workspace-mount.code.example.json"), {"mount", "secretsProhibited"}, "false")),
            Lines{"machine.mount.secrets-prohibited-off error"});
}

TEST(S001Acceptance, SharedCodeFolderMountsRequireExplicitPathAllowlists) {
  const std::string text = example("agent-workspace-mount.code.example.json");
  const Lines none{"machine.mount.no-allowlist error"};
  EXPECT_EQ(found_in(with(text, {"mount", "repoAllowlist"}, "")), none);
  EXPECT_EQ(found_in(with(text, {"mount", "repoAllowlist"}, "[]")), none);
  EXPECT_EQ(found_in(with(text, {"mount", "repoAllowlist"}, "[\"*\"]")),
            Lines{"machine.mount.allowlist-wildcard error"});
  for (const char* profile : profiles) {
    EXPECT_EQ(found_in(with(example(profile), {"mounts", "0", "repoAllowlist"}, "[]")), none) << profile;
  }
}

TEST(S001Acceptance, EveryLaunchRequiresEvidenceAndAFingerprint) {
  const Lines asked{"machine.fingerprint.required error"};
  for (const char* profile : profiles) {
    const std::string text = example(profile);
    EXPECT_EQ(found_in(with(text, {"evidence", "fingerprintRequired"}, "false")), asked);
    EXPECT_EQ(found_in(with(text, {"evidence"}, "{}")), asked);
    EXPECT_EQ(found_in(with(text, {"evidence"}, "")), asked);
  }
  const std::string text = example("agent-machine-fingerprint.example.json");
  for (const char* part :
       {"host", "machine", "container", "repo", "gitRef", "mountedPaths", "policyHash", "toolVersions"}) {
    EXPECT_EQ(found_in(with(text, {part}, "")), Lines{"machine.fingerprint.incomplete error"}) << part;
  }
}

TEST(S001Acceptance, ToolsAreGovernedCapabilitiesNotAmbientTools) {
  const std::string text = example("agent-tool-surface.example.json");
  const Lines ambient{"machine.tool.ambient error"};
  EXPECT_EQ(found_in(with(text, {"tools", "0", "ambient"}, "true")), ambient);
  EXPECT_EQ(found_in(with(text, {"tools", "0", "capabilityRef"}, "")), ambient);
  EXPECT_EQ(found_in(with(text, {"tools", "0", "policyDecisionRef"}, "")), ambient);
  for (const char* kind : {"\"codex\"", "\"claude-code\"", "\"openclaw\"", "\"local-shell\""}) {
    EXPECT_EQ(found_in(with(text, {"tools", "0", "kind"}, kind)), Lines{}) << kind;
  }
  EXPECT_EQ(found_in(with(text, {"tools", "0", "kind"}, "\"somebody\"")),
            Lines{"machine.tool.unknown-provider warning"});
}

TEST(S001Acceptance, MountsAreReadWriteReadOnlyOrCache) {
  const std::string text = example("agent-workspace-mount.code.example.json");
  for (const char* mode : {"\"read-write\"", "\"read-only\""}) {
    EXPECT_EQ(found_in(with(text, {"mount", "accessMode"}, mode)), Lines{}) << mode;
  }
  EXPECT_EQ(found_in(example("agent-workspace-mount.cache.example.json")), Lines{});
  EXPECT_EQ(found_in(with(text, {"mount", "accessMode"}, "\"write\"")), Lines{"schema.shape error"});
}

TEST(S001Acceptance, NothingBelongsToOneDevice) {
  const std::string text = example(profiles[0]);
  for (const char* value : {"\"Ada's machine at 192.168.7.20\"", "\"adas-macbook.local\"", "\"00:1b:44:11:3a:b7\"",
                            "\"/Users/ada/dev\"", "\"C:\\\\Users\\\\ada\""}) {
    EXPECT_EQ(found_in(with(text, {"name"}, value)), Lines{"machine.value.device-specific warning"}) << value;
  }
  EXPECT_EQ(found_in(with(text, {"secrets", "references"}, "[\"-----BEGIN PRIVATE KEY-----\"]")),
            Lines{"doc.secret.present error"});
}

}  // namespace
}  // namespace bearproof
