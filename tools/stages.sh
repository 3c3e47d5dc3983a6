# The stages of ./dev test: each runs one command, counts its tests and keeps its output. Sourced by a script without -e.
# shellcheck shell=bash
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

stages_wanted=() # from --only; empty means all
stages_listed=false
stages_table=
stages_passed=0 stages_failed=0 stages_skipped=0
stages_start=$SECONDS

# stage NAME KIND COMMAND…: KIND says where the numbers come from (count-tests.mjs knows them):
#   command     one check, by its exit status          counts      the last line, "N passed, N failed"
#   gtest       a GoogleTest binary                    node        files and options for node --test
#   playwright  options for playwright test
stage() {
  local name=$1 kind=$2 folder start status passed failed skipped word
  shift 2
  if $stages_listed; then
    printf '%s\n' "$name"
    return 0
  fi
  if [ ${#stages_wanted[@]} != 0 ]; then
    case " ${stages_wanted[*]} " in *" $name "*) ;; *) return 0 ;; esac
  fi
  folder=$PWD/build/test/$name
  rm -rf "$folder"
  mkdir -p "$folder"
  case $kind in
    gtest) set -- "$@" "--gtest_output=json:$folder/result.json" ;;
    node)
      set -- node --test --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=tap --test-reporter-destination="$folder/result.tap" "$@"
      ;;
    playwright)
      set -- env PLAYWRIGHT_JSON_OUTPUT_NAME="$folder/result.json" npx --no-install playwright test --reporter=list,json "$@"
      ;;
  esac
  printf '%-20s ' "$name"
  start=$SECONDS
  # A failing step inside a function ends the stage. The caller must run without -e: behind `||` bash would ignore it here
  # too, and in the background Ctrl-C would not reach the stage.
  (
    set -e
    "$@"
  ) >"$folder/log" 2>&1
  status=$?
  read -r passed failed skipped < <(node tools/count-tests.mjs "$kind" "$folder" "$status")
  word=$(printf '%6d passed %4d failed %4d skipped %8s' "$passed" "$failed" "$skipped" "$(minutes $((SECONDS - start)))")
  printf '%s\n' "$word"
  stages_table+=$(printf '  %-20s %s' "$name" "$word")$'\n'
  stages_passed=$((stages_passed + passed)) stages_failed=$((stages_failed + failed))
  stages_skipped=$((stages_skipped + skipped))
  grep -ahoE 'skipped: .*' "$folder/log" | sed 's/^/    /' | sort -u | head -n 20 || true
  if [ "$failed" != 0 ]; then
    tail -n 200 "$folder/log"
    printf '    (all of it: %s)\n' "${folder#"$PWD"/}/log"
  fi
}

minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }

# stages_close: the table, then the line that a CI machine reads. Fails when anything failed or nothing ran.
stages_close() {
  $stages_listed && return 0
  [ $((stages_passed + stages_failed + stages_skipped)) != 0 ] || stages_failed=1
  printf '\n%s  %-20s %6d passed %4d failed %4d skipped %8s\n\n' "$stages_table" total \
    "$stages_passed" "$stages_failed" "$stages_skipped" "$(minutes $((SECONDS - stages_start)))"
  printf '%d passed, %d failed\n' "$stages_passed" "$stages_failed"
  [ "$stages_failed" = 0 ]
}
