// Memory of the interpreter: what it takes and gives back all the time is small, and the same sizes again and again.
//
// A block is malloc's, of its size rounded up. As many of each small size are kept when they come back as a collection
// of the usual small heap frees at once; the rest, and all that is large, goes back to malloc. Under AddressSanitizer
// nothing is kept, so that it knows them block by block.
#include "interface.h"
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEEPS_NOTHING
#endif
#endif

/// Of each size no more is kept than this, bytes.
enum { MOST_KEPT = 128 << 10 };

/// The number of a size among the small ones; no less than their count for one that is not small.
static size_t number_of(size_t size) { return (size - 1) / CLUA_BLOCK_STEP; }

static size_t rounded(size_t number) { return (number + 1) * CLUA_BLOCK_STEP; }

void *clua_take_block(struct clua_blocks *blocks, size_t size) {
  size_t number = number_of(size);
  if (number >= CLUA_BLOCK_SIZES) return malloc(size);
  void *block = blocks->free[number];
  if (!block) return malloc(rounded(number));
  memcpy(&blocks->free[number], block, sizeof(void *));
  blocks->kept[number] -= rounded(number);
  blocks->bytes -= rounded(number);
  return block;
}

void clua_give_block(struct clua_blocks *blocks, void *block, size_t size) {
#ifndef KEEPS_NOTHING
  size_t number = number_of(size);
  if (number < CLUA_BLOCK_SIZES && blocks->kept[number] < MOST_KEPT) {
    memcpy(block, &blocks->free[number], sizeof(void *));
    blocks->free[number] = block;
    blocks->kept[number] += rounded(number);
    blocks->bytes += rounded(number);
    return;
  }
#else
  (void)blocks, (void)size;
#endif
  free(block);
}

void *clua_resize_block(struct clua_blocks *blocks, void *block, size_t old, size_t new) {
  size_t from = number_of(old), to = number_of(new);
  if (from == to && to < CLUA_BLOCK_SIZES) return block;
  if (from >= CLUA_BLOCK_SIZES && to >= CLUA_BLOCK_SIZES) return realloc(block, new);
  void *moved = clua_take_block(blocks, new);
  // Lua relies on that a block can become smaller: it stays as large as it is then.
  if (!moved) return new < old ? block : NULL;
  memcpy(moved, block, old < new ? old : new);
  clua_give_block(blocks, block, old);
  return moved;
}

void clua_free_blocks(struct clua_blocks *blocks) {
  for (int number = 0; number < CLUA_BLOCK_SIZES; number++) {
    while (blocks->free[number]) {
      void *next;
      memcpy(&next, blocks->free[number], sizeof next);
      free(blocks->free[number]);
      blocks->free[number] = next;
    }
    blocks->kept[number] = 0;
  }
  blocks->bytes = 0;
}
