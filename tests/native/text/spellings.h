// References that name nothing, and references that name something although they hold such words.
#pragma once

#include <string_view>

namespace bearproof::test {

inline constexpr std::string_view placeholders[] = {
    // words
    "none", "None", "NONE", "null", "NULL", "nil", "NaN", "undefined", "false", "no", "na", "0", "0000", "0x0",
    "missing", "absent", "empty", "pending", "PENDING", "tbd", "TBA", "todo", "To Do", "FIXME", "fix-me", "later",
    "draft", "unset", "unassigned", "unknown", "Unknown", "unspecified", "anonymous", "nobody", "no one", "any",
    "default", "placeholder", "PlaceHolder", "xxx", "XXXXXX", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "deny", "denied",
    "reject", "rejected", "refused", "revoked", "expired",
    // several of them, in each way of writing
    "not-yet-assigned", "NotYetAssigned", "notYetAssigned", "NOTYetAssigned", "NOT_YET_ASSIGNED", "not yet assigned",
    "not.yet.assigned", "not/yet/assigned", "not:yet:assigned", "notyetassigned", "--not--yet--assigned--", "n/a",
    "N/A", "N / A", "n.a.", "#N/A", "(none)", "<none>", "[none]", "\"none\"", "'none'", "none!", "to-be-decided",
    "To be determined", "toBeConfirmed", "not-applicable", "not set", "isNotSet", "replace-me", "REPLACE_ME",
    "changeme", "change-me", "with-default", "awaiting-decision", "no-decision", "noDecision", "no_owner",
    "no session yet", "nodecision", "default-deny", "without policy", "decision", "policy-decision", "the-session",
    "agent-id", "owner ref",
    // one word written apart
    "T.B.D.", "t b a", "N-I-L", "un-set", "Un-Assigned", "un_known", "un specified", "un-defined", "decision-T-B-D",
    // nothing but signs
    "-", "--", "...", "?", "???", "*", "_", "()", "[]", "{}", "<>", "\"\"", "''", "…", "—", "−", "·", "・", "“”", "«»",
    "「」", "∅", "✗", "❌", "？",
    // templates
    "{id}", "{decision_name}", "{0}", "${id}", "${NAME:-x}", "{{id}}", "{{ .Values.name }}", "#{id}", "%(id)s", "[id]",
    "[my-decision]", "%s", "%d", "$ID", "$session_name", "__ID__", "__DECISION_NAME__", "%NAME%", "@NAME@", "<id>",
    "<local-id>", "mail-{id}", "<% name %>", "$(uuidgen)",
    // UUIDs of zeros
    "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}",
    "00000000000000000000000000000000", "session-00000000-0000-0000-0000-000000000000",
    // look-alikes: Greek, Cyrillic, Armenian, fullwidth, mathematical, circled, small capitals, superscripts, digits
    "nοne", "nоne", "nօne", "ΝΟΝΕ", "рending", "реnding", "PENDІNG", "Ｎ／Ａ", "ｎｏｎｅ", "０", "𝐧𝐨𝐧𝐞", "𝓃𝓊𝓁𝓁", "ⓝⓞⓝⓔ",
    "🅝🅤🅛🅛", "ᴘᴇɴᴅɪɴɢ", "ⁿᵘˡˡ", "ⁿ/ₐ", "№", "٠", "०", "n0ne", "nu11", "n1l", "nuII", "t0do", "unknovvn", "rnissing",
    "n̶o̶n̶e̶", "p̲e̲n̲d̲i̲n̲g̲",
    // what shows nothing
    "no\u200Bne", "\u200Bnone", "pend\u00ADing", "un\u2060set", "\u200B", "\u2060\u200D", "\u00AD", "\u3164", "\u2800",
    "\u3000", "\u00A0",
    // percent escapes
    "n%6Fne", "%6E%6F%6E%65", "not%20yet%20assigned", "%20", "n%2Fa", "%E2%80%8B", "%7Bid%7D", "n%CE%BFne"};

inline constexpr std::string_view samples[] = {"example",     "agent-example", "test",   "TEST",
                                               "testSession", "dummy",         "foo",    "foo-bar",
                                               "foobar",      "no-example",    "Sample", "ｅｘａｍｐｌｅ"};

inline constexpr std::string_view names[] = {
    // one other word
    "none-of-your-business-7", "deny-list-v2-permit-19", "test-suite-nightly-3", "unknown-helper", "todo-list",
    "default-theme", "nobody-knows", "pending-7", "draft-writer", "null-island", "no-reply-mailer", "missing-persons",
    "empty-nest-removals", "expired-cards-cleaner", "any-browser", "later-alligator", "revoked-2", "example.org",
    "test-runner", "bar-code-reader", "foo-fighter", "the-agent-x", "session-1", "agent-7", "agent-0", "decision-17",
    "owner-of-record", "no.1-helper", "n-7", "na-west-1", "nil-2", "false-positive-triage", "placeholder-images",
    "undefined-behaviour-lint", "anonymous-survey", "change-log", "replacement-id-4", "with-care", "is-it-down",
    "set-up", "be-fit", "decision-0004", "reject-spam", "deny-credential-export", "draftNotes", "TodoList",
    "NullSafety", "policy-agent", "agent-session", "session-owner", "idle-session",
    // words that only contain listed ones
    "nano", "nato", "theme", "walt", "Walt", "Denny", "nonesuch", "notary", "notebook", "anyone", "Tobias", "Isabel",
    "nomad", "nautilus", "barista", "contest", "latest", "attest", "tester", "testing", "sampler", "defaulter",
    "waiter", "waitlist", "refusenik", "absentee", "pendant", "drafts", "anya", "ideal", "refine", "agency",
    "ownership", "sessions-desk", "policyholder", "Nadia", "Nolan", "nickel", "nullify", "bett", "yeti", "meadow",
    "sett", "theo", "untold", "unsettled", "falsetto", "footman", "barley", "foobarista", "tbdb", "xx-large", "xerxes",
    "nona",
    // ids
    "550e8400-e29b-41d4-a716-446655440000", "{550e8400-e29b-41d4-a716-446655440000}",
    "00000000-0000-0000-0000-000000000001", "01JB7M2Q000000000000000001", "bb-1730000000000", "deadbeef", "0xdeadbeef",
    "0a1b", "11", "1", "10", "20260101", "x1", "n1", "a", "x", "z9", "d-1", "s-1", "price-watch_01", "v0",
    // free text, other scripts
    "human", "Travel helper", "user@example.org", "C#", "c++", "50%", "100%-cotton", "run[3]", "[prod] Travel helper",
    "HOST$", "MSSQL$SQLEXPRESS", "Иван", "Сара Кузнецова", "山田太郎", "山田　太郎", "محمد", "משה", "Zoë", "Renée",
    "ünset-labs", "tést", "Noël", "김민수", "प्रिया", "สมชาย", "🐻 helper", "🐻", "Ωmega", "Łukasz", "Đorđe"};

}  // namespace bearproof::test
