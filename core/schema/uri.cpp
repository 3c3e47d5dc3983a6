#include "uri.h"

#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"

namespace bearproof::schema {
namespace {

struct Parts {
  std::string_view scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !text::is_letter(text[0])) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') return i;
    if (!text::is_letter(c) && !text::is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

Parts parse(std::string_view text) {
  Parts parts;
  if (const std::size_t length = scheme_length(text); length > 0) {
    parts.scheme = text.substr(0, length);
    text.remove_prefix(length + 1);
  }
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (text.starts_with("//")) {
    const std::size_t slash = text.find('/', 2);
    parts.authority = text.substr(2, slash == std::string_view::npos ? slash : slash - 2);
    text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash);
  }
  parts.path = text;
  return parts;
}

// Section 5.2.4, segment by segment.
std::string remove_dot_segments(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::string out;
  std::size_t at = 0;
  while (at < path.size()) {
    const bool slash = path[at] == '/';
    const std::size_t begin = slash ? at + 1 : at;
    std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view segment = path.substr(begin, end - begin);
    const bool last = end == path.size();
    if (segment == "." || segment == "..") {
      if (segment == "..") {
        const std::size_t cut = out.rfind('/');
        out.resize(cut == std::string::npos ? 0 : cut);
      }
      if (last && (rooted || !out.empty())) out += '/';
    } else {
      if (slash && (rooted || !out.empty())) out += '/';
      out += segment;
    }
    at = end;
  }
  return out;
}

std::string merge(const Parts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return std::string("/").append(path);
  const std::size_t slash = base.path.rfind('/');
  if (slash == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, slash + 1)).append(path);
}

}  // namespace

SplitUri split_fragment(std::string_view uri) {
  const std::size_t hash = uri.find('#');
  if (hash == std::string_view::npos) return {uri, std::nullopt};
  return {uri.substr(0, hash), uri.substr(hash + 1)};
}

bool has_scheme(std::string_view reference) { return scheme_length(reference) > 0; }

std::string resolve_uri(std::string_view base_text, std::string_view reference) {
  const Parts base = parse(base_text);
  const Parts ref = parse(reference);
  std::string_view scheme = ref.scheme;
  std::optional<std::string_view> authority = ref.authority;
  std::string path;
  std::optional<std::string_view> query = ref.query;
  if (!ref.scheme.empty() || ref.authority) {
    // An opaque path (urn:a:b) has no segments to remove.
    path = ref.authority || ref.path.starts_with('/') ? remove_dot_segments(ref.path) : std::string(ref.path);
    if (ref.scheme.empty()) scheme = base.scheme;
  } else {
    scheme = base.scheme;
    authority = base.authority;
    if (ref.path.empty()) {
      path = base.path;
      if (!query) query = base.query;
    } else if (ref.path.starts_with('/')) {
      path = remove_dot_segments(ref.path);
    } else {
      path = remove_dot_segments(merge(base, ref.path));
    }
  }
  std::string out;
  if (!scheme.empty()) out.append(scheme) += ':';
  if (authority) out.append("//").append(*authority);
  out += path;
  if (query) out.append("?").append(*query);
  if (ref.fragment) out.append("#").append(*ref.fragment);
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int byte = text::percent_decoded(text, i);
    if (byte < 0) return std::nullopt;
    out += static_cast<char>(byte);
    i += 2;
  }
  return out;
}

}  // namespace bearproof::schema
