// The view for people at a terminal.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/report/paint.h"
#include "bearproof/report/visible.h"
#include "bearproof/report/wrap.h"
#include "bearproof/schema/instant.h"
#include "bearproof/session/session.h"
#include "bearproof/text/utf8.h"

namespace bearproof::session {
namespace {

constexpr std::size_t standing_column = 17;
constexpr std::size_t time_width = 17;  // 2026-05-06 12:00Z
constexpr std::size_t most_shown = 8;   // reasons of one session
constexpr std::size_t unknown_width = 100;

std::string_view words_of(Standing standing) {
  constexpr std::string_view words[] = {"consistent", "needs attention", "not admitted"};
  return words[static_cast<std::size_t>(standing)];
}

Severity colour_of(Standing standing) {
  constexpr Severity colours[] = {Severity::off, Severity::warning, Severity::error};
  return colours[static_cast<std::size_t>(standing)];
}

/// A text on one line of so many cells: what is too long loses its middle, so that beginning and end stay in sight.
std::string fitted(std::string_view text, std::size_t room) {
  const std::string shown = report::visible(text);
  if (report::cells(shown) <= room) return shown;
  const std::size_t end_room = room / 2;
  const std::size_t begin_room = room - end_room - 1;
  std::string begin;
  for (std::size_t at = 0, used = 0; at < text.size();) {
    const report::Glyph glyph = report::glyph(text, at);
    if (used + glyph.width > begin_room) break;
    begin += glyph.text;
    used += glyph.width;
    at += glyph.size;
  }
  // The end is found by trying where it may start, from the last byte back.
  std::size_t from = text.size();
  while (from > 0) {
    std::size_t before = from - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0u) == 0x80u) --before;
    if (report::cells(report::visible(text.substr(before))) > end_room) break;
    from = before;
  }
  return begin + "…" + report::visible(text.substr(from));
}

/// "2026-05-06 12:00Z", of whatever zone it was written in.
std::string moment(std::string_view text) {
  const auto instant = schema::Instant::parse(text);
  if (!instant) return {};
  const std::chrono::sys_seconds time{std::chrono::seconds(instant->seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const auto digits = [](std::int64_t value, std::size_t count) {
    std::string out = std::to_string(value);
    return out.size() < count ? std::string(count - out.size(), '0') + out : out;
  };
  return digits(static_cast<int>(date.year()), 4) + "-" + digits(static_cast<unsigned>(date.month()), 2) + "-" +
         digits(static_cast<unsigned>(date.day()), 2) + " " + digits(clock.hours().count(), 2) + ":" +
         digits(clock.minutes().count(), 2) + "Z";
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

std::string place_of(const At& at) {
  std::string out = report::visible(at.source);
  if (at.line != 0) out.append(":").append(std::to_string(at.line));
  return out;
}

class Writer {
 public:
  Writer(bool color, unsigned width) : paint_(color), width_(width), room_(width == 0 ? unknown_width : width) {}

  void session(const Session& session) {
    const std::string time = moment(session.started_at.empty() ? session.captured_at : session.started_at);
    std::string word(words_of(session.standing));
    out_ += paint_.severity(colour_of(session.standing), word);
    out_.append(standing_column - word.size(), ' ');
    const std::size_t right = std::max(time.size(), time_width);
    const std::size_t room = room_ > standing_column + right + 22 ? room_ - standing_column - right - 2 : 20;
    const std::string owner = session.owner.empty() ? "owner not stated" : fitted(session.owner, room);
    out_ += paint_.bold(owner);
    if (!time.empty()) {
      const std::size_t used = report::cells(owner);
      out_.append(used < room ? room - used + 2 : 2, ' ').append(time);
    }
    out_ += '\n';

    std::string what;
    if (session.phase == Phase::ended) {
      what = session.outcome;
      if (!session.revoked_at.empty() && session.outcome == "revoked") what += " at " + moment(session.revoked_at);
    } else if (session.phase == Phase::unstated) {
      what = "not stated whether it goes on";
    }
    std::string may;
    for (const Granted& granted : session.permissions) {
      may += may.empty() ? "may " : ", ";
      const bool is_known = granted.permission != permission_count;
      may += is_known ? std::string(permissions[granted.permission].plain) : report::visible(granted.word);
      if (is_known && permissions[granted.permission].sensitive) may += " (!)";
    }
    if (may.empty()) may = "permissions not stated";
    line(what.empty() ? may : (session.phase == Phase::ended ? what : what + "; " + may));
    std::string where;
    const Field& scope = session.fields[static_cast<std::size_t>(FieldName::tab_scope)];
    for (std::size_t i = 0; i < scope.values.size(); ++i) {
      where += where.empty() ? "" : ", ";
      if (i < scope.nouns.size()) where.append(scope.nouns[i]).append(" ");
      where += fitted(scope.values[i], 48);
    }
    if (where.empty()) where = "tabs not stated";
    if (!session.transport.empty()) where += ", by " + fitted(session.transport, 32);
    if (!session.origin.empty()) where += ", " + fitted(session.origin, 32);
    if (!session.label.empty()) where = "\"" + fitted(session.label, 48) + "\": " + where;
    line(where);
    line(fitted(session.receipt.empty() ? "receipt without an id" : session.receipt, room_ - standing_column));
    out_.append(standing_column, ' ').append(paint_.dim(place_of(session.at))).append("\n");
    reasons(session.reasons, session.reasons_left_out);
  }

  void other(const Other& other) {
    const bool is_oversized_or_torn = other.verdict == report::Verdict::unreadable;
    std::string word = other.not_admitted ? (is_oversized_or_torn ? "not readable" : "not judged")
                                          : std::string(report::name_of(other.verdict));
    out_ += paint_.severity(other.not_admitted ? Severity::error : Severity::off, word);
    out_.append(word.size() < standing_column ? standing_column - word.size() : 1, ' ');
    out_ += place_of(other.at) + "\n";
    if (other.not_admitted) reasons(other.reasons, 0);
  }

  void summary(const View& view) {
    const Summary& counts = view.summary;
    const std::uint64_t going_on = counts.active + counts.unstated;
    std::string text = counted(going_on, "session goes on", "sessions go on");
    text += ": " + std::to_string(counts.not_admitted) + " not admitted, ";
    text += counted(counts.needs_attention, "needs attention, ", "need attention, ");
    text += std::to_string(counts.consistent) + " consistent. ";
    text += std::to_string(counts.ended) + " ended.";
    if (counts.unreadable != 0) text += " " + counted(counts.unreadable, "document", "documents") + " not readable.";
    if (counts.others_left_out != 0) {
      text += " " + counted(counts.others_left_out, "more document", "more documents") + " not listed.";
    }
    report::append_wrapped(out_, text, 0, width_);
    out_ += '\n';
  }

  void undeclared() {
    out_ += paint_.severity(Severity::error, "not admitted") + "     ";
    report::append_wrapped(out_, "the browser is under remote control, and no receipt accounts for it", standing_column,
                           width_);
    out_ += "\n\n";
  }

  void blank() { out_ += '\n'; }
  std::string take() { return std::move(out_); }

 private:
  /// @param text  safe to print
  void line(const std::string& text) {
    out_.append(standing_column, ' ');
    report::append_wrapped(out_, text, standing_column, width_);
    out_ += '\n';
  }

  void reasons(const std::vector<Reason>& reasons, std::uint64_t left_out) {
    std::size_t shown = 0;
    for (const Reason& reason : reasons) {
      if (shown == most_shown) break;
      ++shown;
      const std::string_view word = name_of(reason.severity);
      const std::size_t start = out_.size() + standing_column;
      line(std::string(word) + ": " + report::visible(text::shortened(reason.message, 500)) + " (" +
           std::string(info_of(reason.rule_case).id) + ")");
      out_.replace(start, word.size(), paint_.severity(reason.severity, word));
    }
    const std::uint64_t more = reasons.size() - shown + left_out;
    if (more != 0) line("and " + counted(more, "more reason", "more reasons"));
  }

  report::Paint paint_;
  unsigned width_;
  std::size_t room_;
  std::string out_;
};

}  // namespace

std::string to_text(const View& view, bool color, unsigned width) {
  Writer writer(color, width);
  if (view.undeclared_automation) writer.undeclared();
  for (const Session& session : view.sessions) {
    writer.session(session);
    writer.blank();
  }
  bool has_others = false;
  for (const Other& other : view.others) {
    if (!other.not_admitted) continue;
    writer.other(other);
    has_others = true;
  }
  if (has_others) writer.blank();
  writer.summary(view);
  return writer.take();
}

}  // namespace bearproof::session
