// What Swift's Glibc module lacks: the Linux interfaces below, and wrappers for macros and
// variadic or inline functions that cannot be imported. Header only, so the package needs no C target.
#ifndef GOREDIS_CLINUX_H
#define GOREDIS_CLINUX_H

// No _GNU_SOURCE: it would change types that the Glibc module also imports.
#include <errno.h>
#include <execinfo.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <unistd.h>

/// Asks the CPU to load the cache line at `address` for reading.
static inline void clinux_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// accept4(2), which glibc declares only with _GNU_SOURCE.
static inline int clinux_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return (int)syscall(SYS_accept4, fd, address, length, flags);
}

/// Writes a range of a file to disk and waits for that: sync_file_range(2) with all its flags, which glibc declares
/// only with _GNU_SOURCE.
static inline int clinux_sync_file_range(int fd, int64_t offset, int64_t count) {
  return (int)syscall(SYS_sync_file_range, fd, offset, count, 7);
}

/// The CPU's constant-rate tick counter.
static inline uint64_t clinux_ticks(void) {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
  uint64_t value;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
  return value;
#else
#error "no tick counter known for this architecture"
#endif
}

/// fork(2), which Swift declares unavailable: only for use before any thread was started.
static inline int clinux_fork(void) { return (int)fork(); }

/// syslog(3) with a finished message.
static inline void clinux_syslog(int priority, const char *message) { syslog(priority, "%s", message); }

#endif
