// Parts of the host, without a connection.
#include "bearproof/host/host.h"

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bearproof/catalogue/limits.h"
#include "bearproof/schema/schema.h"

#include "host/configuration.h"
#include "host/embedded.h"
#include "host/files.h"
#include "host/follower.h"
#include "host/frame.h"
#include "host/journal.h"
#include "host/messages.h"
#include "host/records.h"

namespace bearproof::host {
namespace {

/// A new folder, removed with all that is in it at the end.
class Place {
 public:
  Place() {
    std::string pattern = "/tmp/bearproof-host-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  ~Place() { EXPECT_EQ(std::system(("rm -rf '" + path_ + "'").c_str()), 0); }
  std::string path(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

TEST(HostFrame, ComesTogetherFromAnyPortions) {
  std::string stream;
  const std::vector<std::string> messages = {"", "a", std::string(65536, 'x'), "{\"a\":\"\n\"}"};
  for (const std::string& message : messages) stream += frame_of(message);
  for (const std::size_t portion : {1U, 2U, 3U, 7U, 4096U, 1000000U}) {
    FrameReader reader;
    std::vector<std::string> found;
    for (std::size_t at = 0; at < stream.size(); at += portion) {
      std::string_view part = std::string_view(stream).substr(at, portion);
      while (!part.empty()) {
        part.remove_prefix(reader.feed(part));
        if (auto frame = reader.next()) found.push_back(frame->bytes);
      }
    }
    if (auto frame = reader.next()) found.push_back(frame->bytes);
    EXPECT_EQ(found, messages) << portion;
    EXPECT_TRUE(reader.at_boundary());
    EXPECT_FALSE(reader.broken());
  }
}

TEST(HostFrame, PassesOverWhatIsTooLongAndGivesUpAtNonsense) {
  FrameReader reader;
  std::string stream = frame_of(std::string(longest_incoming + 1, 'x')) + frame_of("b");
  std::string_view rest = stream;
  rest.remove_prefix(reader.feed(rest));
  auto frame = reader.next();
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->too_long);
  EXPECT_TRUE(frame->bytes.empty());
  EXPECT_EQ(frame->length, longest_incoming + 1);
  rest.remove_prefix(reader.feed(rest));
  frame = reader.next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->bytes, "b");
  reader.feed(std::string(4, '\xff'));
  EXPECT_TRUE(reader.broken());
}

TEST(HostMessages, TheSchemaIsAValidSchema) {
  schema::Registry registry;
  EXPECT_TRUE(registry.add("urn:bearproof:schema:host-message", message_schema()).empty());
  schema::CompileOptions options;
  EXPECT_TRUE(schema::compile(registry, "urn:bearproof:schema:host-message", options));
}

TEST(HostMessages, WhatTheHostSaysFitsTheSchema) {
  Messages messages;
  const std::string nasty = "\x1b[2J\xe2\x80\xae\"\\\n\xff";
  EXPECT_TRUE(messages.is_valid_outgoing(welcome_message("bearproof 0", {{"/a", nasty, true}}, true, 0.5)));
  EXPECT_TRUE(messages.is_valid_outgoing(pong_message()));
  EXPECT_TRUE(messages.is_valid_outgoing(error_message(nasty + std::string(10'000, 'x'), 7)));
  EXPECT_TRUE(messages.is_valid_outgoing(effect_message(1, {"record", true, nasty})));
  EXPECT_FALSE(messages.is_valid_outgoing(effect_message(1, {"other", true, ""})));
  EXPECT_FALSE(messages.is_valid_outgoing("{\"type\":\"hello\",\"version\":1}"));
  EXPECT_FALSE(messages.is_valid_outgoing("{\"type\":\"pong\",\"more\":1}"));
  EXPECT_EQ(error_message(nasty).find('\x1b'), std::string::npos);
  Entry entry;
  entry.source = "/a";
  entry.bytes = nasty;
  EXPECT_TRUE(messages.is_valid_outgoing(change_message(1, entry)));
  entry.body = Entry::Body::gone;
  EXPECT_TRUE(messages.is_valid_outgoing(change_message(1, entry)));
  // Of a list nothing is gone.
  EXPECT_FALSE(messages.is_valid_outgoing(documents_message(1, true, R"({"source":"/a","content":null})")));
}

TEST(HostFiles, Base64BothWays) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
    bytes += static_cast<char>(static_cast<unsigned char>(i * 7));
  }
  EXPECT_EQ(base64("abcd"), "YWJjZA==");
  EXPECT_FALSE(from_base64("a"));
  EXPECT_FALSE(from_base64("ab-d"));
}

TEST(HostFiles, SourcesNameOnePathEach) {
  EXPECT_EQ(Follower::source_of("/a/\xc3\xa4"), "/a/\xc3\xa4");
  EXPECT_EQ(Follower::source_of("/\xff"),
            "/\xEF\xBF\xBD"
            "ff");
  // The spelling itself, as a name.
  EXPECT_NE(Follower::source_of("/\xEF\xBF\xBD"
                                "ff"),
            Follower::source_of("/\xff"));
}

TEST(HostFiles, OnlyRegularFilesWithoutLinks) {
  const Place place;
  place.write("a.json", "{}");
  ASSERT_EQ(symlink("a.json", place.path("link.json").c_str()), 0);
  ASSERT_EQ(mkfifo(place.path("fifo.json").c_str(), 0600), 0);
  const Descriptor folder = open_folder(place.path());
  ASSERT_TRUE(folder);
  struct stat info{};
  EXPECT_TRUE(open_file(folder.get(), "a.json", info));
  EXPECT_FALSE(open_file(folder.get(), "link.json", info));
  EXPECT_FALSE(open_file(folder.get(), "fifo.json", info));
  EXPECT_FALSE(open_file(folder.get(), "none", info));
  EXPECT_FALSE(unsafe_folder(folder.get(), place.path()));
  ASSERT_EQ(chmod(place.path().c_str(), 0777), 0);
  EXPECT_TRUE(unsafe_folder(folder.get(), place.path()));
  ASSERT_EQ(chmod(place.path().c_str(), 01777), 0);
  EXPECT_TRUE(unsafe_folder(folder.get(), place.path()));
}

TEST(HostFiles, AFolderThatEverybodyMayReplaceIsUnsafe) {
  const Place place;
  const std::string inner = place.path("inner");
  ASSERT_EQ(mkdir(inner.c_str(), 0700), 0);
  const Descriptor folder = open_folder(inner);
  EXPECT_FALSE(unsafe_folder(folder.get(), inner));
  ASSERT_EQ(chmod(place.path().c_str(), 0777), 0);
  EXPECT_TRUE(unsafe_folder(folder.get(), inner));
  ASSERT_EQ(chmod(place.path().c_str(), 01777), 0);
  EXPECT_FALSE(unsafe_folder(folder.get(), inner));
}

TEST(HostRecords, OneLine) {
  EXPECT_EQ(one_line("\xEF\xBB\xBF{\r\n\t\"a b\" : \"c \\\" \\\\\" , \"d\\\\\": [ 1 ] }\n"),
            "{\"a b\":\"c \\\" \\\\\",\"d\\\\\":[1]}");
}

TEST(HostRecords, AppendsOnce) {
  const Place place;
  const std::string log = place.path("new/folder/log.jsonl");
  EXPECT_FALSE(append_once(log, "{\"a\":1}", 0));
  EXPECT_FALSE(append_once(log, "{\"a\":1}", 0));
  EXPECT_EQ(place.read("new/folder/log.jsonl"), "{\"a\":1}\n");
  // The same line from before is another one.
  EXPECT_FALSE(append_once(log, "{\"a\":1}", size_of(log)));
  EXPECT_EQ(place.read("new/folder/log.jsonl"), "{\"a\":1}\n{\"a\":1}\n");
  EXPECT_TRUE(holds_line(log, "{\"a\":1}"));
  EXPECT_FALSE(holds_line(log, "{\"a\":"));
  EXPECT_FALSE(holds_line(log, "{\"a\":1}", size_of(log)));
}

TEST(HostRecords, CompletesOnlyItsOwnBeginning) {
  const Place place;
  const std::string line = "{\"receipt\":\"x\",\"status\":\"revoked\"}";
  const std::string log = place.write("log.jsonl", "{}\n" + line.substr(0, 12));
  // Somebody else is writing: what looks alike is not completed.
  EXPECT_FALSE(append_once(log, line, 3));
  EXPECT_EQ(place.read("log.jsonl"), "{}\n" + line.substr(0, 12) + "\n" + line + "\n");
  place.write("log.jsonl", "{}\n" + line.substr(0, 12));
  EXPECT_FALSE(append_once(log, line, 3, true));
  EXPECT_EQ(place.read("log.jsonl"), "{}\n" + line + "\n");
  place.write("log.jsonl", "{}\n{\"other\":1}\n" + line + "\n{\"more\":1}\n");
  EXPECT_FALSE(append_once(log, line, 3, true));
  EXPECT_EQ(place.read("log.jsonl"), "{}\n{\"other\":1}\n" + line + "\n{\"more\":1}\n");
  // Truncated since.
  place.write("log.jsonl", "");
  EXPECT_FALSE(append_once(log, line, 1000, true));
  EXPECT_EQ(place.read("log.jsonl"), line + "\n");
}

TEST(HostRecords, WritesNothingThatOthersMayWrite) {
  const Place place;
  const std::string log = place.write("log.jsonl", "");
  ASSERT_EQ(chmod(log.c_str(), 0666), 0);
  EXPECT_EQ(append_once(log, "{}", 0), "everybody may write to it");
  ASSERT_EQ(symlink("log.jsonl", place.path("link.jsonl").c_str()), 0);
  EXPECT_EQ(append_once(place.path("link.jsonl"), "{}", 0), "it is a link");
  EXPECT_TRUE(append_once(place.path(), "{}", 0));
  EXPECT_EQ(place.read("log.jsonl"), "");
}

TEST(HostJournal, AnIntentComesBackAsItWas) {
  Intent intent;
  intent.receipt = "urn:\"\\\n";
  intent.now = "2026-11-27T12:00:00Z";
  intent.record = "{\n  \"a\": \"\xc3\xa4\"\n}";
  intent.log = {"/a/\xff", "{}", 7};
  intent.event = {"", "", 0};
  intent.files = {{"/b\n", ".t"}, {"/c", ".u"}};
  const auto back = intent_from(to_json(intent));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->receipt, intent.receipt);
  EXPECT_EQ(back->record, intent.record);
  EXPECT_EQ(back->log.path, intent.log.path);
  EXPECT_EQ(back->log.since, 7U);
  EXPECT_EQ(back->event.path, "");
  ASSERT_EQ(back->files.size(), 2U);
  EXPECT_EQ(back->files[0].path, "/b\n");
  EXPECT_EQ(back->files[1].temporary, ".u");
  EXPECT_FALSE(intent_from("{}"));
  EXPECT_FALSE(intent_from(to_json(intent).substr(1)));
}

TEST(HostConfiguration, SaysWhatIsWrong) {
  EXPECT_TRUE(parse_configuration("{}"));
  EXPECT_TRUE(parse_configuration(
      R"({"folders":[{"path":"/a/","label":"x"}],"log":"/l","stop":["/p","a"],"stopSeconds":2.5})"));
  for (const char* text : {"", "[]", "{\"a\":1}", "{\"folders\":{}}", "{\"folders\":[1]}", "{\"folders\":[{}]}",
                           "{\"folders\":[{\"path\":\"a\"}]}", "{\"folders\":[{\"path\":\"/a\",\"more\":1}]}",
                           "{\"log\":1}", "{\"log\":\"a\"}", "{\"log\":\"/\"}", "{\"stop\":[]}", "{\"stop\":[\"a\"]}",
                           "{\"stop\":[\"/a\",1]}", "{\"stop\":[\"/a\\u0000b\"]}", "{\"stopSeconds\":\"5\"}",
                           "{\"stopSeconds\":-1}", "{\"stopSeconds\":1e9}", "{\"log\":\"/a\",\"log\":\"/b\"}"}) {
    const auto found = parse_configuration(text);
    EXPECT_FALSE(found) << text;
    EXPECT_TRUE(found || !found.error().empty());
  }
  const auto seconds = parse_configuration("{\"stopSeconds\":2.5}");
  ASSERT_TRUE(seconds);
  EXPECT_EQ(seconds->stop_seconds, 2.5);
  EXPECT_TRUE(seconds->log.empty());
  EXPECT_FALSE(seconds->folders.empty());
}

TEST(HostBrowsers, TheExtensionsIdFollowsFromItsKey) {
  const std::string id = chromium_extension_id(extension_key());
  ASSERT_EQ(id.size(), 32U);
  EXPECT_EQ(id.find_first_not_of("abcdefghijklmnop"), std::string::npos);
  // SHA-256 of nothing: e3b0c44298fc1c149afbf4c8996fb924…
  EXPECT_EQ(chromium_extension_id(""), "odlameecjipmbmbejkplpemijjgpljce");
}

/// What a follower tells until it has nothing more to tell.
std::vector<std::string> all_messages(Follower& follower) {
  std::vector<std::string> out;
  while (auto message = follower.next_message()) out.push_back(std::move(*message));
  return out;
}

/// Lets time pass until the follower tells something.
std::vector<std::string> wait_for_messages(Follower& follower) {
  const std::int64_t latest = steady_clock() + 3000;
  while (steady_clock() < latest) {
    follower.update();
    auto messages = all_messages(follower);
    if (!messages.empty()) return messages;
    usleep(20'000);
  }
  return {};
}

TEST(HostFollower, FollowsWithoutInotify) {
  const Place place;
  place.write("a.json", "{\"a\":1}");
  place.write("log.jsonl", "{}\n");
  Configuration configuration;
  configuration.folders = {{place.path(), "test"}};
  Follower follower(configuration, [](std::string_view) {}, false);
  EXPECT_EQ(follower.descriptor(), -1);
  EXPECT_FALSE(follower.has_news());
  follower.restart();
  auto messages = all_messages(follower);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_NE(messages[0].find(R"("complete":true)"), std::string::npos);
  EXPECT_NE(messages[0].find(R"({\"a\":1})"), std::string::npos);
  EXPECT_LE(follower.next_time() - steady_clock(), 250);

  place.write("a.json", "{\"a\":23}");
  messages = wait_for_messages(follower);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_NE(messages[0].find(R"({\"a\":23})"), std::string::npos);

  std::ofstream(place.path("log.jsonl"), std::ios::app) << "{\"b\":1}\n{\"half\"";
  messages = wait_for_messages(follower);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_NE(messages[0].find(R"("content":"{\"b\":1}\n","lines":true,"line":2,"offset":3})"), std::string::npos)
      << messages[0];

  unlink(place.path("a.json").c_str());
  messages = wait_for_messages(follower);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_NE(messages[0].find(R"("content":null)"), std::string::npos);
}

}  // namespace
}  // namespace bearproof::host
