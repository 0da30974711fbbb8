// SPDX-License-Identifier: Apache-2.0
// Calls of glibc 2.28 and later that its headers show to C only under _GNU_SOURCE, which Swift's Glibc module
// does not set. Declared as the man pages have them; no code of our own.
#pragma once

extern int renameat2(int olddirfd, const char *oldpath, int newdirfd, const char *newpath, unsigned int flags);
extern int syncfs(int fd);
extern int eventfd(unsigned int initval, int flags);
struct sockaddr;
extern int accept4(int sockfd, struct sockaddr *addr, unsigned int *addrlen, int flags);

// <linux/fs.h>, <sys/eventfd.h>, <fcntl.h>: part of the kernel's interface to programs, so they do not change.
static const unsigned int lawspeaker_rename_noreplace = 1;
static const int lawspeaker_eventfd_cloexec = 02000000;
static const int lawspeaker_eventfd_nonblock = 00004000;
static const int lawspeaker_open_file_getlk = 36;
static const int lawspeaker_open_file_setlk = 37;
static const int lawspeaker_open_path = 010000000;
static const int lawspeaker_at_empty_path = 0x1000;
