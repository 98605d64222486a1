#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build and the tests need and is not there yet. With everything present it does and says nothing,
# and needs no network. A tool or header stands for the Debian package that brings it.
# usage: deps.sh [tool:NAME:PACKAGE | header:NAME:PACKAGE]...     what is given takes the place of the usual list
missing=
need_tool() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need_header() {
    for folder in /usr/include /usr/local/include /usr/include/"$(uname -m)"-linux-gnu; do
        [ -e "$folder/$1" ] && return
    done
    missing="$missing $2"
}

if [ $# -gt 0 ]; then
    for need; do
        rest=${need#*:}
        "need_${need%%:*}" "${rest%%:*}" "${rest#*:}"
    done
else
    need_tool gcc gcc
    need_tool clang clang
    need_tool re2c re2c
    need_tool pkg-config pkg-config
    need_tool openssl openssl
    need_tool csmith csmith
    need_header csmith/csmith.h libcsmith-dev
    need_header stdio.h libc6-dev
    need_header CUnit/Basic.h libcunit1-dev
    need_header openssl/ssl.h libssl-dev
    need_header liburing.h liburing-dev
fi

[ -z "$missing" ] && exit 0
echo "installing:$missing"
if [ "$(id -u)" = 0 ]; then as_root=
elif command -v sudo >/dev/null 2>&1; then as_root=sudo
else
    echo "these packages are missing and there is no sudo to install them:$missing" >&2
    exit 1
fi
command -v apt-get >/dev/null 2>&1 || { echo "please install them with your system's package manager" >&2; exit 1; }
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing
