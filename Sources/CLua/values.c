// Values between the stack of Lua and runs of bytes. Everything here may raise, and only C may be above it.
#include "interface.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// More than this is no result that anybody means.
static const size_t most_bytes = (size_t)512 << 20;
/// Nor are more tables than those that fit in this: some that hold one another come to any number.
static const size_t most_table_bytes = (size_t)64 << 20;

uint8_t *clua_grow(lua_State *L, struct clua_buffer *buffer, size_t count) {
  if (buffer->capacity - buffer->count < count) {
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity - buffer->count < count) capacity *= 2;
    uint8_t *start = count > most_bytes || capacity > most_bytes ? NULL : realloc(buffer->start, capacity);
    if (!start) lua.luaL_error(L, "not enough memory");
    buffer->start = start;
    buffer->capacity = capacity;
  }
  uint8_t *place = buffer->start + buffer->count;
  buffer->count += count;
  return place;
}

static void write_tag(lua_State *L, struct clua_buffer *buffer, char tag) { *clua_grow(L, buffer, 1) = (uint8_t)tag; }

static void write_tagged(lua_State *L, struct clua_buffer *buffer, char tag, const void *word) {
  uint8_t *place = clua_grow(L, buffer, 9);
  place[0] = (uint8_t)tag;
  memcpy(place + 1, word, 8);
}

static void write_table(lua_State *L, struct clua_buffer *buffer, int index, int depth) {
  if (depth == 0 || !lua.lua_checkstack(L, 8)) {
    write_tag(L, buffer, 'X');
    return;
  }
  if (buffer->count > most_table_bytes) lua.luaL_error(L, "not enough memory");
  uint64_t length = 0;
  write_tagged(L, buffer, '{', &length);
  size_t start = buffer->count;
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index)) {
    int top = lua.lua_gettop(L);
    clua_write(L, buffer, top - 1, 0);
    clua_write(L, buffer, top, depth - 1);
    lua.lua_settop(L, top - 1);
  }
  length = buffer->count - start;
  memcpy(buffer->start + start - 8, &length, 8);
}

void clua_write(lua_State *L, struct clua_buffer *buffer, int index, int depth) {
  int type = lua.lua_type(L, index);
  switch (type) {
    case LUA_TNIL: write_tag(L, buffer, 'N'); return;
    case LUA_TBOOLEAN: write_tag(L, buffer, lua.lua_toboolean(L, index) ? 'T' : 'F'); return;
    case LUA_TNUMBER: {
      double number = lua.lua_tonumber(L, index);
      write_tagged(L, buffer, 'D', &number);
      return;
    }
    case LUA_TSTRING: {
      size_t length;
      const char *text = lua.lua_tolstring(L, index, &length);
      uint64_t count = length;
      write_tagged(L, buffer, 'S', &count);
      memcpy(clua_grow(L, buffer, length), text, length);
      return;
    }
    case LUA_TTABLE: write_table(L, buffer, index, depth); return;
    default:
      if (type == LUA_TFUNCTION && clua_of(L)->takes_functions) {
        lua.lua_pushvalue(L, index);
        uint64_t reference = (uint64_t)lua.luaL_ref(L, LUA_REGISTRYINDEX);
        write_tagged(L, buffer, 'R', &reference);
        return;
      }
      if (type == LUA_TLIGHTUSERDATA && !lua.lua_touserdata(L, index)) {
        write_tag(L, buffer, 'U');
        return;
      }
      write_tag(L, buffer, 'O');
      write_tag(L, buffer, (char)type);
  }
}

const uint8_t *clua_push(lua_State *L, const uint8_t *position) {
  uint64_t count;
  char tag = (char)*position++;
  switch (tag) {
    case 'T': case 'F': lua.lua_pushboolean(L, tag == 'T'); return position;
    case 'U': lua.lua_pushlightuserdata(L, NULL); return position;
    case 'D': {
      double number;
      memcpy(&number, position, 8);
      lua.lua_pushnumber(L, number);
      return position + 8;
    }
    case 'S':
      memcpy(&count, position, 8);
      lua.lua_pushlstring(L, (const char *)position + 8, count);
      return position + 8 + count;
    case '[': case '{': {
      memcpy(&count, position, 8);
      position += 8;
      if (!lua.lua_checkstack(L, 8)) lua.luaL_error(L, "stack overflow");
      lua.lua_createtable(L, tag == '[' ? (int)count : 0, tag == '{' && count < 1024 ? (int)count : 0);
      for (uint64_t index = 1; index <= count; index++) {
        position = clua_push(L, position);
        if (tag == '{') {
          position = clua_push(L, position);
          lua.lua_rawset(L, -3);
        } else {
          lua.lua_rawseti(L, -2, (int)index);
        }
      }
      return position;
    }
    default: lua.lua_pushnil(L); return position;
  }
}

/// The longest text of a number, with its end.
enum { NUMBER_TEXT = 32 };

/// Writes the text of a number: of seventeen digits at most, as `%.17g` has them. Returns its length.
static size_t write_number(char *text, double number) {
  const double all_digits = 1e15;
  if (!(fabs(number) < all_digits) || number != (double)(int64_t)number || (number == 0 && signbit(number))) {
    return (size_t)snprintf(text, NUMBER_TEXT, "%.17g", number);
  }
  char digits[NUMBER_TEXT], *end = digits + NUMBER_TEXT, *first = end;
  uint64_t rest = (uint64_t)fabs(number);
  do *--first = (char)('0' + rest % 10); while (rest /= 10);
  if (number < 0) *--first = '-';
  memcpy(text, first, (size_t)(end - first));
  return (size_t)(end - first);
}

int clua_take_words(lua_State *L, struct clua_state *state, int count) {
  // Room for all beforehand: nothing moves that a word points to.
  state->arguments.count = state->words.count = 0;
  char *text = (char *)clua_grow(L, &state->arguments, (size_t)count * NUMBER_TEXT);
  // One more, so that none at all have an address, too.
  clua_bytes *words = (clua_bytes *)(void *)clua_grow(L, &state->words, ((size_t)count + 1) * sizeof *words);
  for (int index = 0; index < count; index++) {
    clua_bytes *word = &words[index];
    switch (lua.lua_type(L, index + 1)) {
      case LUA_TSTRING: word->start = (const uint8_t *)lua.lua_tolstring(L, index + 1, &word->count); break;
      case LUA_TNUMBER:
        word->count = write_number(text, lua.lua_tonumber(L, index + 1));
        word->start = (const uint8_t *)text;
        text += NUMBER_TEXT;
        break;
      default: return index;
    }
  }
  return count;
}
