// What Swift's Glibc module lacks: the Linux interfaces below, and wrappers for macros and
// variadic or inline functions that cannot be imported. Header only, so the package needs no C target.
#ifndef GOREDIS_CLINUX_H
#define GOREDIS_CLINUX_H

// No _GNU_SOURCE: it would change types that the Glibc module also imports.
#include <errno.h>
#include <execinfo.h>
#include <malloc.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Whether AddressSanitizer instruments this header's functions: `-Xcc -fsanitize=address`.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CLINUX_ADDRESS_SANITIZER 1
#include <sanitizer/allocator_interface.h>
#endif
#endif
#ifndef CLINUX_ADDRESS_SANITIZER
#define CLINUX_ADDRESS_SANITIZER 0
#endif

/// Bytes that malloc has handed out and not got back. A sanitizer's malloc leaves mallinfo2 empty.
static inline long clinux_malloc_in_use(void) {
#if CLINUX_ADDRESS_SANITIZER
  return (long)__sanitizer_get_current_allocated_bytes();
#else
  struct mallinfo2 figures = mallinfo2();
  return (long)(figures.uordblks + figures.hblkhd);
#endif
}

/// Asks the CPU to load the cache line at `address` for reading.
static inline void clinux_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// One bit for each of the eight words at `words` whose upper 16 bits are those of `tag`, the first one lowest.
/// In C, since the portable form of this in Swift takes five times the instructions.
static inline uint32_t clinux_matching_tags(const void *words, uint64_t tag) {
#if defined(__SSE2__)
  const float *halves = (const float *)words;
  // The upper halves of four words each.
  __m128i low = _mm_castps_si128(_mm_shuffle_ps(_mm_loadu_ps(halves), _mm_loadu_ps(halves + 4), 0xdd));
  __m128i high = _mm_castps_si128(_mm_shuffle_ps(_mm_loadu_ps(halves + 8), _mm_loadu_ps(halves + 12), 0xdd));
  __m128i wanted = _mm_set1_epi32((int)(uint32_t)(tag >> 48));
  low = _mm_cmpeq_epi32(_mm_srli_epi32(low, 16), wanted);
  high = _mm_cmpeq_epi32(_mm_srli_epi32(high, 16), wanted);
  return (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(low)) | (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(high)) << 4;
#else
  const uint64_t *slots = (const uint64_t *)words;
  uint32_t matches = 0;
  for (int index = 0; index < 8; index++) matches |= (uint32_t)((slots[index] ^ tag) >> 48 == 0) << index;
  return matches;
#endif
}

/// How many of `count` words, which rise, are below `target`. In C, where the compiler can be told that no choice of a
/// binary search is predictable: it makes branches of them otherwise.
static inline long clinux_words_below(const uintptr_t *words, long count, uintptr_t target) {
  const uintptr_t *from = words;
  for (; count > 1; count -= count >> 1) {
    from = __builtin_unpredictable(from[(count >> 1) - 1] < target) ? from + (count >> 1) : from;
  }
  return from - words + (count == 1 && *from < target);
}

/// accept4(2), which glibc declares only with _GNU_SOURCE.
static inline int clinux_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return (int)syscall(SYS_accept4, fd, address, length, flags);
}

// What the event loop calls for each request, without glibc's wrappers: in a process of several threads those make a
// point of cancellation of each call, with an atomic operation before and one behind it. No thread is cancelled here. A
// sanitizer watches glibc's, for what they write to memory.

/// recv(2).
static inline ssize_t clinux_recv(int fd, void *space, size_t size, int flags) {
  return CLINUX_ADDRESS_SANITIZER ? recv(fd, space, size, flags)
                                  : syscall(SYS_recvfrom, fd, space, size, flags, NULL, NULL);
}

/// send(2).
static inline ssize_t clinux_send(int fd, const void *bytes, size_t count, int flags) {
  return CLINUX_ADDRESS_SANITIZER ? send(fd, bytes, count, flags)
                                  : syscall(SYS_sendto, fd, bytes, count, flags, NULL, 0);
}

/// sendmsg(2).
static inline ssize_t clinux_sendmsg(int fd, const struct msghdr *message, int flags) {
  return CLINUX_ADDRESS_SANITIZER ? sendmsg(fd, message, flags) : syscall(SYS_sendmsg, fd, message, flags);
}

/// epoll_wait(2), which not every architecture has as a system call of its own.
static inline int clinux_epoll_wait(int fd, struct epoll_event *events, int count, int milliseconds) {
  return (int)syscall(SYS_epoll_pwait, fd, events, count, milliseconds, NULL, 0);
}

/// epoll_pwait2(2) without a signal mask, which waits to the nanosecond; since Linux 5.11, in glibc since 2.35.
static inline int clinux_epoll_wait_briefly(int fd, struct epoll_event *events, int count, int64_t nanoseconds) {
  const struct timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return (int)syscall(441, fd, events, count, &timeout, NULL, 0);
}

/// Has the calling thread wake up when it wants to, and not up to so many nanoseconds (50,000) later.
static inline void clinux_set_timer_slack(unsigned long nanoseconds) { prctl(PR_SET_TIMERSLACK, nanoseconds); }

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

/// Has the calling thread give way: on Linux it is a thread's own whether it interrupts others when it wakes up (not
/// under SCHED_BATCH, which glibc names only with _GNU_SOURCE) and how large its share of a core is.
static inline void clinux_give_way(void) {
  const struct sched_param parameters = {0};
  sched_setscheduler(0, 3, &parameters);
  setpriority(PRIO_PROCESS, 0, 10);
}

/// Names the calling thread, as ps and top show it; fifteen characters.
static inline void clinux_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

/// madvise(2): backs memory with pages, contents unchanged. Since Linux 5.14; glibc names it since 2.35.
static const int CLINUX_MADV_POPULATE_WRITE = 23;

/// fork(2), which Swift declares unavailable: only for use before any thread was started.
static inline int clinux_fork(void) { return (int)fork(); }

/// Where the program's file is mapped: the linker's name for its first byte.
static inline uintptr_t clinux_program_start(void) {
  extern const char __ehdr_start[] __attribute__((visibility("hidden")));
  return (uintptr_t)__ehdr_start;
}

/// Keeps the process out of transparent huge pages; 0, or -1 and errno.
static inline int clinux_disable_huge_pages(void) { return prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0); }

/// syslog(3) with a finished message.
static inline void clinux_syslog(int priority, const char *message) { syslog(priority, "%s", message); }

#endif
