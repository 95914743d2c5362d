// Counts the calls of the allocator, for a process that has this library in LD_PRELOAD. The counters lie in the file
// that COUNTERS names, where others read them. Calls go on to glibc by the names it exports for that.
//
// While `traces` is not zero, each call takes one from it and writes its call stack to standard error.

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

struct counters {
  _Atomic uint64_t calls;
  _Atomic int64_t traces;
};

// Until the file is mapped, calls are counted here.
static struct counters before;
static struct counters *counters = &before;
static _Thread_local int is_tracing;

__attribute__((constructor)) static void map(void) {
  const char *path = getenv("COUNTERS");
  if (!path) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  void *mapped = mmap(NULL, sizeof *counters, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) abort();
  close(file);
  counters = mapped;
}

static void count(void) {
  atomic_fetch_add_explicit(&counters->calls, 1, memory_order_relaxed);
  if (atomic_load_explicit(&counters->traces, memory_order_relaxed) <= 0 || is_tracing) return;
  is_tracing = 1;
  atomic_fetch_sub(&counters->traces, 1);
  void *frames[24];
  backtrace_symbols_fd(frames, backtrace(frames, 24), 2);
  if (write(2, "--\n", 3) < 0) abort();
  is_tracing = 0;
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  count();
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  count();
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
