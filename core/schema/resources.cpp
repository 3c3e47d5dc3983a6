#include "resources.h"

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/pointer.h"
#include "bearproof/text/ascii.h"

#include "keywords.h"
#include "uri.h"

namespace bearproof::schema {
namespace {

// As many as a report lists.
constexpr std::size_t most_faults = 1'000;

std::uint64_t root_key(std::uint32_t source, NodeIndex node) { return (std::uint64_t{source} << 32) | node; }

bool is_anchor_name(std::string_view name) {
  const auto letter = [](char c) { return text::is_letter(c) || c == '_'; };
  if (name.empty() || !letter(name[0])) return false;
  for (const char c : name) {
    if (!letter(c) && !text::is_digit(c) && c != '-' && c != '.') return false;
  }
  return true;
}

}  // namespace

SchemaFault fault_at(const Source& source, RuleCase rule, Place place, Message message) {
  SchemaFault fault;
  fault.rule = rule;
  fault.uri = source.uri;
  if (place.part != Place::Part::bytes) fault.pointer = json::pointer_to(*source.document, place.node);
  fault.place = place;
  fault.message = std::move(message);
  return fault;
}

std::vector<SchemaFault> Resources::add(std::string_view given_uri, std::string_view text) {
  std::vector<SchemaFault> faults;
  const std::string_view uri = split_fragment(given_uri).without_fragment;
  if (const Resource* known = find(uri)) {
    if (sources_[known->source]->text == text && known->root == 0) return faults;
    SchemaFault fault;
    fault.rule = Rule::schema_invalid;
    fault.uri = std::string(uri);
    fault.place = Place::bytes(0, 0);
    fault.message = "another schema is already registered under this URI";
    faults.push_back(std::move(fault));
    return faults;
  }
  if (!has_room_for(uri)) {
    faults.push_back(too_much(uri));
    return faults;
  }
  auto source = std::make_unique<Source>();
  source->uri = std::string(uri);
  source->text = std::string(text);
  source->document = source->reader.read(source->text);
  if (source->document == nullptr) {
    const json::TextFault& wrong = source->reader.fault();
    faults.push_back(fault_at(*source, wrong.rule, Place::bytes(wrong.begin, wrong.end), words(wrong.message)));
    return faults;
  }
  if (source->document->has_duplicates) {
    for (const json::DuplicateKey& pair : json::duplicate_keys(*source->document)) {
      faults.push_back(fault_at(*source, Rule::parse_key_duplicate, Place::key(pair.again),
                                "this key occurs twice in one object of the schema"));
    }
    return faults;
  }
  const auto index = static_cast<std::uint32_t>(sources_.size());
  const json::Value root = source->document->root();
  sources_.push_back(std::move(source));
  const std::uint32_t resource = open(std::string(uri), index, 0);
  name(std::string(uri), resource, root, faults);
  scan(index, resource, faults);
  return faults;
}

const Resource* Resources::find(std::string_view uri) const {
  const auto found = by_uri_.find(uri);
  return found == by_uri_.end() ? nullptr : resources_[found->second].get();
}

const Source* Resources::source_named(std::string_view uri) const {
  for (const auto& source : sources_) {
    if (source->uri == uri) return source.get();
  }
  return nullptr;
}

const Resource* Resources::rooted_at(std::uint32_t source, NodeIndex node) const {
  const auto found = by_root_.find(root_key(source, node));
  return found == by_root_.end() ? nullptr : resources_[found->second].get();
}

bool Resources::has_room_for(std::string_view uri) const {
  return uri.size() <= limits_.uri && uris_ + uri.size() <= limits_.uris;
}

SchemaFault Resources::too_much(std::string_view uri) const {
  SchemaFault fault;
  fault.place = Place::bytes(0, 0);
  if (uri.size() > limits_.uri) {
    fault.rule = Rule::limit_string;
    fault.message << "the absolute URI of this schema has " << uri.size() << " bytes: more than " << limits_.uri;
  } else {
    fault.rule = Rule::limit_memory;
    fault.message << "the URIs of all schemas have more than " << limits_.uris << " bytes together";
  }
  return fault;
}

std::uint32_t Resources::open(std::string uri, std::uint32_t source, NodeIndex root) {
  const auto index = static_cast<std::uint32_t>(resources_.size());
  auto resource = std::make_unique<Resource>();
  uris_ += uri.size();
  resource->uri = std::move(uri);
  resource->source = source;
  resource->root = root;
  resources_.push_back(std::move(resource));
  by_root_.emplace(root_key(source, root), index);
  return index;
}

void Resources::name(std::string uri, std::uint32_t resource, json::Value at, std::vector<SchemaFault>& faults) {
  const auto [entry, added] = by_uri_.try_emplace(std::move(uri), resource);
  if (added || entry->second == resource) return;
  const Resource& here = *resources_[resource];
  // The same text under two retrieval URIs brings the same `$id`s twice: the first stays.
  const Resource& other = *resources_[entry->second];
  if (sources_[here.source]->text == sources_[other.source]->text && here.root == other.root) return;
  if (faults.size() >= most_faults) return;
  faults.push_back(fault_at(*sources_[here.source], Rule::schema_invalid, Place::value(at.index()),
                            Message::of("another schema is already registered under ", plain(entry->first))));
}

// Only places where the draft says that a schema stands are looked at: an `$id` inside an enum or under an unknown
// keyword names nothing.
void Resources::scan(std::uint32_t source, std::uint32_t root_resource, std::vector<SchemaFault>& faults) {
  struct Todo {
    json::Value schema;
    std::uint32_t resource;
  };
  const Source& text = *sources_[source];
  std::vector<Todo> todo = {{text.document->root(), root_resource}};
  std::string scratch;
  const auto invalid = [&](json::Value at, Message message) {
    if (faults.size() >= most_faults) return;
    faults.push_back(fault_at(text, Rule::schema_invalid, Place::value(at.index()), std::move(message)));
  };
  while (!todo.empty()) {
    const Todo here = todo.back();
    todo.pop_back();
    if (!here.schema.is_object()) continue;
    std::uint32_t resource = here.resource;
    if (const json::Value id = here.schema.find("$id")) {
      if (!id.is_string()) {
        invalid(id, "$id must be a URI reference");
      } else {
        const SplitUri split = split_fragment(id.string(scratch));
        if (split.fragment && !split.fragment->empty()) {
          invalid(id, "$id must not have a fragment");
        } else {
          std::string uri = resolve_uri(resources_[here.resource]->uri, split.without_fragment);
          if (!has_room_for(uri)) {
            const SchemaFault fault = too_much(uri);
            faults.push_back(fault_at(text, fault.rule, Place::value(id.index()), fault.message));
            // Each of those below it would have such a URI too.
            return;
          }
          if (here.schema.index() == 0) {
            uris_ += uri.size();
            resources_[resource]->uri = uri;
          } else {
            resource = open(uri, source, here.schema.index());
          }
          name(std::move(uri), resource, id, faults);
        }
      }
    }
    for (const json::Member member : here.schema.members()) {
      const Keyword keyword = keyword_from(member.key.string(scratch));
      if (keyword == Keyword::unknown) continue;
      if (keyword == Keyword::anchor || keyword == Keyword::dynamic_anchor) {
        if (!member.value.is_string() || !is_anchor_name(member.value.string(scratch))) {
          invalid(member.value, "an anchor must be a name: a letter or _, then letters, digits, '-', '_' and '.'");
          continue;
        }
        std::string anchor(member.value.string(scratch));
        Resource& owner = *resources_[resource];
        if (keyword == Keyword::dynamic_anchor) owner.dynamic_anchors.emplace(anchor, here.schema.index());
        const auto [entry, added] = owner.anchors.emplace(std::move(anchor), here.schema.index());
        if (!added && entry->second != here.schema.index()) {
          invalid(member.value, Message::of("this resource already has an anchor ", plain(entry->first)));
        }
        continue;
      }
      switch (info_of(keyword).shape) {
        case Shape::schema: todo.push_back({member.value, resource}); break;
        case Shape::schema_array:
          for (const json::Value item : member.value.items()) todo.push_back({item, resource});
          break;
        case Shape::schema_map:
          for (const json::Member entry : member.value.members()) todo.push_back({entry.value, resource});
          break;
        case Shape::other: break;
      }
    }
  }
}

Registry::Registry(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;

std::vector<SchemaFault> Registry::add(std::string_view uri, std::string_view text) {
  return impl_->resources.add(uri, text);
}

bool Registry::contains(std::string_view uri) const {
  return impl_->resources.find(split_fragment(uri).without_fragment) != nullptr;
}

}  // namespace bearproof::schema
