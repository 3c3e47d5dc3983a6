#include "bearproof/collection/graph.h"

#include <algorithm>
#include <utility>

#include "bearproof/collection/facts.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/canonical.h"

namespace bearproof::collection {
namespace {

std::string text_at(json::Value root, std::string_view path) {
  std::string scratch;
  const json::Value value = at(root, path);
  return value && value.is_string() ? std::string(value.string(scratch)) : std::string();
}

bool is_true_at(json::Value root, std::string_view path) {
  const json::Value value = at(root, path);
  return value && value.is_true();
}

void sort_unique(std::vector<std::string>& texts) {
  stable_sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

void append_list(std::string& out, std::string_view key, const std::vector<std::string>& texts) {
  out.append(",\"").append(key).append("\":[");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i != 0) out += ',';
    json::append_string(out, texts[i]);
  }
  out += ']';
}

/// `{"app":2,"system":1}`
void append_counts(std::string& out, std::string_view key, std::vector<std::string> texts) {
  stable_sort(texts);
  out.append(",\"").append(key).append("\":{");
  for (std::size_t i = 0; i < texts.size();) {
    const std::size_t begin = i;
    while (i < texts.size() && texts[i] == texts[begin]) ++i;
    if (begin != 0) out += ',';
    json::append_string(out, texts[begin]);
    out.append(":").append(std::to_string(i - begin));
  }
  out += '}';
}

/// Safe within a quoted label of Mermaid and DOT.
std::string label(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool is_plain = static_cast<unsigned char>(letter) >= 0x20 && letter != '"' && letter != '\\' &&
                          letter != '<' && letter != '>' && letter != '#' && letter != '`';
    out += is_plain ? letter : '_';
  }
  return out;
}

}  // namespace

void ServiceGraph::add(json::Value root) {
  const std::string version = text_at(root, "schema_version");
  if (version == "sourceos.capability.v0.1") defined_.push_back(text_at(root, "capability"));
  if (version != "sourceos.service.v0.1") return;
  Service& service = services_.emplace_back();
  service.id = text_at(root, "service_id");
  service.name = text_at(root, "display_name");
  service.domain = text_at(root, "authority_domain");
  service.owner = text_at(root, "owner/org") + "/" + text_at(root, "owner/repo");
  service.emits_events = is_true_at(root, "observability/emits_events");
  service.incident_bundle = is_true_at(root, "observability/incident_bundle");
  for (std::size_t use = 0; use < 3; ++use) {
    const json::Value list = at(root, std::string("capabilities/").append(uses[use]));
    if (!list) continue;
    std::string scratch;
    for (const json::Value item : list.items()) {
      if (item.is_string()) service.capabilities[use].emplace_back(item.string(scratch));
    }
    sort_unique(service.capabilities[use]);
  }
}

std::vector<ServiceGraph::Service> ServiceGraph::services() const {
  std::vector<Service> sorted = services_;
  stable_sort(sorted, [](const Service& a, const Service& b) { return a.id < b.id; });
  return sorted;
}

std::vector<ServiceGraph::Capability> ServiceGraph::capabilities() const {
  std::vector<std::string> ids = defined_;
  for (const Service& service : services_) {
    for (const auto& list : service.capabilities) ids.insert(ids.end(), list.begin(), list.end());
  }
  sort_unique(ids);
  std::vector<Capability> out(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) out[i].id = std::move(ids[i]);
  const auto find = [&](const std::string& id) -> Capability& {
    return *std::lower_bound(out.begin(), out.end(), id,
                             [](const Capability& a, const std::string& b) { return a.id < b; });
  };
  for (const std::string& id : defined_) find(id).is_defined = true;
  for (const Service& service : services()) {
    for (std::size_t use = 0; use < 3; ++use) {
      for (const std::string& id : service.capabilities[use]) find(id).services[use].push_back(service.id);
    }
  }
  return out;
}

std::string ServiceGraph::json() const {
  std::string out = "{\"services\":[";
  std::vector<std::string> domains;
  std::vector<std::string> owners;
  const auto text = [&](std::string_view key, std::string_view value) {
    out.append(",\"").append(key).append("\":");
    json::append_string(out, value);
  };
  bool first = true;
  for (const Service& service : services()) {
    out.append(first ? "" : ",").append("{\"id\":");
    first = false;
    json::append_string(out, service.id);
    text("name", service.name);
    text("domain", service.domain);
    text("owner", service.owner);
    out.append(",\"emitsEvents\":").append(service.emits_events ? "true" : "false");
    out.append(",\"incidentBundle\":").append(service.incident_bundle ? "true" : "false");
    for (std::size_t use = 0; use < 3; ++use) append_list(out, uses[use], service.capabilities[use]);
    out += '}';
    domains.push_back(service.domain);
    owners.push_back(service.owner);
  }
  out += "],\"capabilities\":[";
  std::size_t undefined = 0;
  const std::vector<Capability> all = capabilities();
  for (const Capability& capability : all) {
    out.append(&capability == all.data() ? "" : ",").append("{\"id\":");
    json::append_string(out, capability.id);
    out.append(",\"defined\":").append(capability.is_defined ? "true" : "false");
    append_list(out, "requiredBy", capability.services[0]);
    append_list(out, "optionalFor", capability.services[1]);
    append_list(out, "deniedBy", capability.services[2]);
    out += '}';
    undefined += capability.is_defined ? 0u : 1u;
  }
  out.append("],\"summary\":{\"services\":").append(std::to_string(services_.size()));
  out.append(",\"capabilities\":").append(std::to_string(all.size()));
  out.append(",\"undefined\":").append(std::to_string(undefined));
  append_counts(out, "domains", std::move(domains));
  append_counts(out, "owners", std::move(owners));
  return out + "}}";
}

std::string ServiceGraph::dot() const {
  std::string out = "digraph services {\n  rankdir=LR;\n  node [shape=box];\n";
  constexpr std::string_view styles[] = {"solid", "dashed", "dotted"};
  for (const Capability& capability : capabilities()) {
    out.append("  \"c:").append(label(capability.id)).append("\" [shape=ellipse,label=\"").append(label(capability.id));
    out.append(capability.is_defined ? "\"];\n" : "\",color=gray];\n");
  }
  for (const Service& service : services()) {
    const std::string id = label(service.id);
    out.append("  \"s:").append(id).append("\" [label=\"").append(label(service.name)).append("\\n").append(id);
    out += "\"];\n";
    for (std::size_t use = 0; use < 3; ++use) {
      for (const std::string& capability : service.capabilities[use]) {
        out.append("  \"s:").append(id).append("\" -> \"c:").append(label(capability)).append("\" [label=\"");
        out.append(uses[use]).append("\",style=").append(styles[use]).append("];\n");
      }
    }
  }
  return out + "}\n";
}

std::string ServiceGraph::mermaid() const {
  std::string out = "graph LR\n";
  const std::vector<Capability> all = capabilities();
  const auto number = [&](const std::string& id) {
    const auto found = std::lower_bound(all.begin(), all.end(), id,
                                        [](const Capability& a, const std::string& b) { return a.id < b; });
    return "c" + std::to_string(found - all.begin());
  };
  for (const Capability& capability : all) {
    out.append("  ").append(number(capability.id)).append("([\"").append(label(capability.id)).append("\"])\n");
  }
  constexpr std::string_view arrows[] = {" --> ", " -.-> ", " --x "};
  std::size_t count = 0;
  for (const Service& service : services()) {
    const std::string id = "s" + std::to_string(count++);
    out.append("  ").append(id).append("[\"").append(label(service.name)).append("<br>").append(label(service.id));
    out += "\"]\n";
    for (std::size_t use = 0; use < 3; ++use) {
      for (const std::string& capability : service.capabilities[use]) {
        out.append("  ").append(id).append(arrows[use]).append(number(capability)).append("\n");
      }
    }
  }
  return out;
}

}  // namespace bearproof::collection
