# Which files the formatters and linters look at: those that git knows or would take. Sourced, never run.
# shellcheck shell=bash

list_sources() {
  local file
  git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
    if [ -f "$file" ]; then printf '%s\n' "$file"; fi
  done
}
cpp_sources() { list_sources '*.cpp' '*.cc' '*.h'; }
