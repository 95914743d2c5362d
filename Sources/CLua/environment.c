// What scripts find: Lua's library without what could harm, and globals that no script can change.
//
// Lua 5.1 knows no read-only tables. An empty one stands for each: its metatable reads from the real one and refuses
// to write. Scripts never see a real table nor such a metatable, and the functions that pass by metatables have
// versions here that know of them.
#include "interface.h"

/// Where the metatable of what stands for a table keeps the real one.
static char real_key;

/// Pushes the real table when a read-only one is at `index`; otherwise pushes nothing.
static int push_real(lua_State *L, int index) {
  if (lua.lua_type(L, index) != LUA_TTABLE || !lua.lua_getmetatable(L, index)) return 0;
  lua.lua_pushlightuserdata(L, &real_key);
  lua.lua_rawget(L, -2);
  if (lua.lua_type(L, -1) == LUA_TTABLE) {
    lua.lua_remove(L, -2);
    return 1;
  }
  lua.lua_settop(L, -3);
  return 0;
}

static int is_protected(lua_State *L, int index) {
  if (!push_real(L, index)) return 0;
  lua.lua_settop(L, -2);
  return 1;
}

/// Refuses to change the first argument if it is read-only.
static void check_change(lua_State *L) {
  if (!is_protected(L, 1)) return;
  lua.lua_pushstring(L, "Attempt to modify a readonly table");
  lua.lua_error(L);
}

static int refuse_change(lua_State *L) { return lua.luaL_error(L, "Attempt to modify a readonly table"); }

static int missing_global(lua_State *L) {
  const char *name = lua.lua_type(L, 2) == LUA_TSTRING || lua.lua_type(L, 2) == LUA_TNUMBER
    ? lua.lua_tolstring(L, 2, NULL) : "(null)";
  return lua.luaL_error(L, "Script attempted to access nonexistent global variable '%s'", name);
}

// The original runs in the frame of the one here, so that its errors name the function as they always do.
#define CHANGING(function, original) \
  static int function(lua_State *L) { \
    check_change(L); \
    return clua_of(L)->originals[original](L); \
  }
#define READING(function, original) \
  static int function(lua_State *L) { \
    if (push_real(L, 1)) lua.lua_replace(L, 1); \
    return clua_of(L)->originals[original](L); \
  }
CHANGING(set_raw, RAWSET)
CHANGING(set_metatable, SETMETATABLE)
CHANGING(insert, INSERT)
READING(next, NEXT)
READING(get_raw, RAWGET)
READING(for_each, FOREACH)
READING(largest_index, MAXN)

int clua_copy_table(lua_State *L) {
  lua.lua_settop(L, 0);
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, clua_of(L)->globals);
  lua.lua_pushvalue(L, lua_upvalueindex(1));
  lua.lua_rawget(L, 1);
  if (push_real(L, 2)) lua.lua_replace(L, 2);
  lua.lua_createtable(L, 0, 8);
  lua.lua_pushnil(L);
  while (lua.lua_next(L, 2)) {
    lua.lua_pushvalue(L, 4);
    lua.lua_insert(L, 5);
    lua.lua_rawset(L, 3);
  }
  return 1;
}

static int pairs(lua_State *L) {
  lua.luaL_checktype(L, 1, LUA_TTABLE);
  lua.lua_pushcclosure(L, is_protected(L, 1) ? next : clua_of(L)->originals[NEXT], 0);
  lua.lua_pushvalue(L, 1);
  lua.lua_pushnil(L);
  return 3;
}

static int get_metatable(lua_State *L) {
  if (is_protected(L, 1)) {
    lua.lua_getmetatable(L, 1);
    lua.lua_pushstring(L, "__metatable");
    lua.lua_rawget(L, -2);
    return 1;
  }
  return clua_of(L)->originals[GETMETATABLE](L);
}

/// As Lua's, but that a table with a text in `err` is that text for whoever catches it.
static int protected_call(lua_State *L) {
  lua.luaL_checkany(L, 1);
  int status = lua.lua_pcall(L, lua.lua_gettop(L) - 1, LUA_MULTRET, 0);
  if (status && lua.lua_type(L, -1) == LUA_TTABLE) {
    lua.lua_pushstring(L, "err");
    lua.lua_rawget(L, -2);
    int type = lua.lua_type(L, -1);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) lua.lua_replace(L, -2);
    else lua.lua_settop(L, -2);
  }
  if (!lua.lua_checkstack(L, 1)) return lua.luaL_error(L, "stack overflow");
  lua.lua_pushboolean(L, status == 0);
  lua.lua_insert(L, 1);
  return lua.lua_gettop(L);
}

/// Compiles text; code that was compiled before could do anything to the process.
static int load_text(lua_State *L, const char *text, size_t length, const char *name) {
  if (length > 0 && text[0] == 27) {
    lua.lua_pushnil(L);
    lua.lua_pushfstring(L, "[string \"%s\"]:1: unexpected symbol near 'char(27)'", name == text ? "\033LuaQ" : name);
    return 2;
  }
  if (lua.luaL_loadbuffer(L, text, length, name) == 0) return 1;
  lua.lua_pushnil(L);
  lua.lua_insert(L, -2);
  return 2;
}

static int load_string(lua_State *L) {
  size_t length;
  const char *text = lua.luaL_checklstring(L, 1, &length);
  return load_text(L, text, length, lua.luaL_optlstring(L, 2, text, NULL));
}

/// Calls the function at 1 for the next piece of text, which stays at 3 while it is read.
static const char *read_piece(lua_State *L, void *context, size_t *length) {
  int *is_first = context;
  if (!lua.lua_checkstack(L, 8)) lua.luaL_error(L, "too many nested functions");
  lua.lua_pushvalue(L, 1);
  if (lua.lua_pcall(L, 0, 1, 0)) {
    if (lua.lua_type(L, -1) == LUA_TSTRING) {
      // As what handles errors of scripts leaves it.
      lua.lua_createtable(L, 0, 1);
      lua.lua_pushstring(L, "err");
      lua.lua_pushstring(L, "ERR ");
      lua.lua_pushvalue(L, -4);
      lua.lua_concat(L, 2);
      lua.lua_rawset(L, -3);
    }
    lua.lua_error(L);
  }
  int type = lua.lua_type(L, -1);
  if (type == LUA_TNIL) {
    lua.lua_settop(L, -2);
    *length = 0;
    return NULL;
  }
  if (type != LUA_TSTRING && type != LUA_TNUMBER) lua.luaL_error(L, "reader function must return a string");
  lua.lua_replace(L, 3);
  const char *text = lua.lua_tolstring(L, 3, length);
  if (*is_first && *length > 0 && text[0] == 27) {
    lua.lua_pushfstring(L, "[string \"%s\"]:1: unexpected symbol near 'char(27)'", lua.lua_tolstring(L, 2, NULL));
    lua.lua_error(L);
  }
  *is_first = 0;
  return text;
}

static int load_pieces(lua_State *L) {
  const char *name = lua.luaL_optlstring(L, 2, "=(load)", NULL);
  lua.luaL_checktype(L, 1, LUA_TFUNCTION);
  lua.lua_settop(L, 1);
  lua.lua_pushstring(L, name);
  lua.lua_pushnil(L);
  int is_first = 1;
  // Piece by piece, as the compiler asks for them: what is wrong early ends it, however much would come.
  if (lua.lua_load(L, read_piece, &is_first, name) == 0) return 1;
  lua.lua_pushnil(L);
  lua.lua_insert(L, -2);
  return 2;
}

/// As Lua's; what a script sets for the collector does not outlive it.
static int collect_garbage(lua_State *L) {
  clua_of(L)->set_collector = 1;
  return clua_of(L)->originals[COLLECT](L);
}

/// As Lua's, but that it does not begin what no block can hold: it would take long, and nothing could end it.
static int repeat_text(lua_State *L) {
  size_t length;
  lua.luaL_checklstring(L, 1, &length);
  long count = lua.luaL_checkinteger(L, 2);
  if (count > 0 && length > 0 && (size_t)count > ((size_t)512 << 20) / length) {
    return lua.luaL_error(L, "not enough memory");
  }
  return clua_of(L)->originals[REP](L);
}

/// The state of lrand48's generator, whose sequence is the same everywhere. It goes on from script to script.
static uint64_t random_state = 0x1234abcd330e;

/// 31 bits of the next number.
static uint32_t next_random(void) {
  random_state = (random_state * 0x5deece66d + 0xb) & 0xffffffffffff;
  return (uint32_t)(random_state >> 17);
}

static int random_number(lua_State *L) {
  double number = (double)(next_random() % 0x7fffffff) / 0x7fffffff;
  int first, last;
  switch (lua.lua_gettop(L)) {
    case 0:
      lua.lua_pushnumber(L, number);
      return 1;
    case 1:
      first = 1;
      last = (int)lua.luaL_checkinteger(L, 1);
      if (last < 1) lua.luaL_argerror(L, 1, "interval is empty");
      break;
    case 2:
      first = (int)lua.luaL_checkinteger(L, 1);
      last = (int)lua.luaL_checkinteger(L, 2);
      if (first > last) lua.luaL_argerror(L, 2, "interval is empty");
      break;
    default: return lua.luaL_error(L, "wrong number of arguments");
  }
  double chosen = number * ((double)last - first + 1);
  lua.lua_pushnumber(L, (double)(int64_t)chosen + first);
  return 1;
}

static int seed_random(lua_State *L) {
  random_state = (uint64_t)(uint32_t)lua.luaL_checkinteger(L, 1) << 16 | 0x330e;
  return 0;
}

/// Puts a function into the table at the top, and keeps the one that was there.
static void replace(lua_State *L, const char *name, lua_CFunction function, int original) {
  lua.lua_pushstring(L, name);
  if (original >= 0) {
    lua.lua_pushvalue(L, -1);
    lua.lua_rawget(L, -3);
    clua_of(L)->originals[original] = lua.lua_tocfunction(L, -1);
    lua.lua_settop(L, -2);
  }
  if (function) lua.lua_pushcclosure(L, function, 0);
  else lua.lua_pushnil(L);
  lua.lua_rawset(L, -3);
}

static void open_library(lua_State *L, lua_CFunction open, const char *name) {
  lua.lua_pushcclosure(L, open, 0);
  lua.lua_pushstring(L, name);
  lua.lua_call(L, 1, 0);
}

static void push_field(lua_State *L, const char *name) {
  lua.lua_pushstring(L, name);
  lua.lua_rawget(L, -2);
}

int clua_open_libraries(lua_State *L) {
  open_library(L, lua.luaopen_base, "");
  open_library(L, lua.luaopen_table, "table");
  open_library(L, lua.luaopen_string, "string");
  open_library(L, lua.luaopen_math, "math");
  lua.lua_pushvalue(L, LUA_GLOBALSINDEX);
  static const char *const harmful[] = {"dofile", "loadfile", "print", "newproxy", "getfenv", "setfenv"};
  for (size_t index = 0; index < sizeof harmful / sizeof *harmful; index++) replace(L, harmful[index], NULL, -1);
  replace(L, "load", load_pieces, -1);
  replace(L, "loadstring", load_string, -1);
  replace(L, "pcall", protected_call, -1);
  replace(L, "next", next, NEXT);
  replace(L, "pairs", pairs, -1);
  replace(L, "rawget", get_raw, RAWGET);
  replace(L, "rawset", set_raw, RAWSET);
  replace(L, "setmetatable", set_metatable, SETMETATABLE);
  replace(L, "getmetatable", get_metatable, GETMETATABLE);
  replace(L, "collectgarbage", collect_garbage, COLLECT);
  push_field(L, "table");
  replace(L, "insert", insert, INSERT);
  replace(L, "foreach", for_each, FOREACH);
  replace(L, "maxn", largest_index, MAXN);
  lua.lua_settop(L, -2);
  push_field(L, "string");
  replace(L, "rep", repeat_text, REP);
  lua.lua_settop(L, -2);
  push_field(L, "math");
  replace(L, "random", random_number, -1);
  replace(L, "randomseed", seed_random, -1);
  lua.lua_settop(L, -2);
  clua_of(L)->globals = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

/// Replaces the table at the top with one that stands for it; `metatable`, if not 0, is the index of what scripts get
/// for its metatable.
static void protect(lua_State *L, int metatable) {
  lua.lua_createtable(L, 0, 0);
  lua.lua_createtable(L, 0, 4);
  lua.lua_pushlightuserdata(L, &real_key);
  lua.lua_pushvalue(L, -4);
  lua.lua_rawset(L, -3);
  lua.lua_pushstring(L, "__index");
  lua.lua_pushvalue(L, -4);
  lua.lua_rawset(L, -3);
  replace(L, "__newindex", refuse_change, -1);
  if (metatable) {
    lua.lua_pushstring(L, "__metatable");
    lua.lua_pushvalue(L, metatable);
    lua.lua_rawset(L, -3);
  }
  lua.lua_setmetatable(L, -2);
  lua.lua_remove(L, -2);
}

/// Gives the table at the top a metatable that makes an error of what is not there.
static void refuse_missing(lua_State *L) {
  lua.lua_createtable(L, 0, 1);
  replace(L, "__index", missing_global, -1);
  lua.lua_setmetatable(L, -2);
}

/// Makes what a library sees while it is loaded read-only: its tables, since nothing else reaches the table of them.
static void protect_loading(lua_State *L) {
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, clua_of(L)->loading);
  lua.lua_pushnil(L);
  while (lua.lua_next(L, 1)) {
    refuse_missing(L);
    protect(L, 0);
    lua.lua_pushvalue(L, 2);
    lua.lua_insert(L, 3);
    // The field is there: the table may be walked on.
    lua.lua_rawset(L, 1);
  }
  refuse_missing(L);
}

void clua_set_globals(lua_State *L, int globals) {
  lua.lua_getmetatable(L, LUA_GLOBALSINDEX);
  lua.lua_pushstring(L, "__index");
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, globals);
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, -2);
}

int clua_protect_globals(lua_State *L) {
  lua.lua_settop(L, 0);
  if (clua_of(L)->loading) protect_loading(L);
  lua.lua_settop(L, 0);
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, clua_of(L)->globals);
  // The tables of libraries.
  lua.lua_createtable(L, 0, 16);
  lua.lua_pushnil(L);
  while (lua.lua_next(L, 1)) {
    if (lua.lua_type(L, -1) != LUA_TTABLE) {
      lua.lua_settop(L, -2);
      continue;
    }
    protect(L, 0);
    lua.lua_pushvalue(L, -2);
    lua.lua_insert(L, -2);
    lua.lua_rawset(L, 2);
  }
  lua.lua_pushnil(L);
  while (lua.lua_next(L, 2)) {
    lua.lua_pushvalue(L, -2);
    lua.lua_insert(L, -2);
    lua.lua_rawset(L, 1);
  }
  lua.lua_settop(L, 1);
  // The metatable that all strings share.
  lua.lua_pushstring(L, "");
  lua.lua_getmetatable(L, 2);
  lua.lua_createtable(L, 0, 1);
  lua.lua_pushstring(L, "__index");
  lua.lua_pushstring(L, "string");
  lua.lua_rawget(L, 1);
  lua.lua_rawset(L, 4);
  protect(L, 0);
  lua.lua_pushstring(L, "__metatable");
  lua.lua_pushvalue(L, 4);
  lua.lua_rawset(L, 3);
  // The globals: what is not there is an error.
  lua.lua_settop(L, 1);
  lua.lua_createtable(L, 0, 1);
  replace(L, "__index", missing_global, -1);
  lua.lua_pushvalue(L, 2);
  lua.lua_setmetatable(L, 1);
  protect(L, 0);
  lua.lua_pushvalue(L, 1);
  protect(L, 2);
  lua.lua_pushstring(L, "_G");
  lua.lua_pushvalue(L, 3);
  lua.lua_rawset(L, 1);
  lua.lua_replace(L, LUA_GLOBALSINDEX);
  return 0;
}
