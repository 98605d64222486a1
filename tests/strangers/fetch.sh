# SPDX-License-Identifier: MIT
# Debian's source packages, with an apt configuration of their own in a folder of ours: nothing of the machine's is
# changed and nobody has to be root. For run.sh, which reads this file.

# The Debian archives that the machine itself uses, as deb-src lines; deb.debian.org where it uses none. The archive of
# security updates, which mirrors often lack, is not asked: what is in it reaches the others.
source_lines() {
    key=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -f $key ] && options="[signed-by=$key] " || options=
    lines=$(apt-get indextargets --format '$(LABEL)|$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
        sed -n "s,^Debian|,deb-src $options,p" | sort -u)
    [ -n "$lines" ] && echo "$lines" && return
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
    echo "deb-src ${options}http://deb.debian.org/debian $codename main"
}

# apt-get of its own: sources, lists and downloads in $work/apt.
apt_get() {
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/apt/parts"
    source_lines >"$work/apt/sources.list"
    apt-get -qq -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts="$work/apt/parts" \
        -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

# Leaves $work/NAME/source/*.dsc and what belongs to it.
fetch() {
    folder=$work/$1/source package=$2
    ls "$folder"/*.dsc >/dev/null 2>&1 && return
    [ -n "$updated" ] || apt_get update || return
    updated=yes
    rm -rf "$folder" && mkdir -p "$folder" && (cd "$folder" && apt_get source --download-only "$package")
}

# The sources as their authors wrote them, without Debian's patches: $work/NAME/source into the folder $2.
unpack() {
    rm -rf "$2" && mkdir -p "${2%/*}" && dpkg-source --no-check --no-copy --skip-patches -x "$work/$1"/source/*.dsc "$2" >"$2.log" 2>&1
}
