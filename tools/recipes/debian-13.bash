# Sourced by the recipes that take files out of Debian 13's packages without installing them.
# shellcheck shell=bash

# download_from_debian_13 PACKAGE…: fetches the packages into the current folder. Uses the machine's own Debian mirror
# and keyring, and lists of packages of its own: the machine's sources stay as they are.
download_from_debian_13() {
  local mirror
  mirror=$(apt-get indextargets --format '$(COMPONENT) $(REPO_URI)' 'Identifier: Packages' |
    awk '$1 == "main" && $2 !~ /security/ { print $2; exit }')
  if [ -z "$mirror" ]; then
    echo "no Debian mirror in apt's configuration" >&2
    return 1
  fi
  mkdir -p apt/lists/partial apt/cache/archives/partial apt/none
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >apt/sources.list
  cat >apt/apt.conf <<EOF
Dir::Etc::sourcelist "$PWD/apt/sources.list";
Dir::Etc::sourceparts "$PWD/apt/none";
Dir::Etc::preferences "$PWD/apt/no-preferences";
Dir::Etc::preferencesparts "$PWD/apt/none";
Dir::State::lists "$PWD/apt/lists";
Dir::Cache "$PWD/apt/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
EOF
  APT_CONFIG=$PWD/apt/apt.conf apt-get -qq update
  APT_CONFIG=$PWD/apt/apt.conf apt-get -qq download "$@"
}
