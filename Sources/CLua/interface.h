// What is used of Lua's interface: types and constants of Lua 5.1, and the functions that the library has under these
// names.
#ifndef CLUA_INTERFACE_H
#define CLUA_INTERFACE_H

#include "clua.h"

typedef struct lua_State lua_State;
typedef int (*lua_CFunction)(lua_State *);
typedef void *(*lua_Alloc)(void *, void *, size_t, size_t);
typedef struct {
  int event;
  const char *name, *namewhat, *what, *source;
  int currentline, nups, linedefined, lastlinedefined;
  char short_src[60];
  int i_ci;
} lua_Debug;
typedef void (*lua_Hook)(lua_State *, lua_Debug *);
typedef const char *(*lua_Reader)(lua_State *, void *, size_t *);

enum { LUA_REGISTRYINDEX = -10000, LUA_GLOBALSINDEX = -10002 };
enum { LUA_TNIL, LUA_TBOOLEAN, LUA_TLIGHTUSERDATA, LUA_TNUMBER, LUA_TSTRING, LUA_TTABLE, LUA_TFUNCTION };
enum { LUA_MULTRET = -1, LUA_MASKCOUNT = 8, LUA_GCRESTART = 1, LUA_GCCOLLECT = 2, LUA_GCSTEP = 5, LUA_GCSETPAUSE = 6,
  LUA_GCSETSTEPMUL = 7 };
/// LuaJIT's compiler, off.
enum { LUAJIT_MODE_ENGINE = 0, LUAJIT_MODE_OFF = 0 };
#define lua_upvalueindex(index) (LUA_GLOBALSINDEX - (index))

// X(result, name, parameters)
#define CLUA_FUNCTIONS(X) \
  X(lua_State *, lua_newstate, (lua_Alloc, void *)) \
  X(void, lua_close, (lua_State *)) \
  X(lua_CFunction, lua_atpanic, (lua_State *, lua_CFunction)) \
  X(int, lua_gettop, (lua_State *)) \
  X(void, lua_settop, (lua_State *, int)) \
  X(void, lua_pushvalue, (lua_State *, int)) \
  X(void, lua_remove, (lua_State *, int)) \
  X(void, lua_insert, (lua_State *, int)) \
  X(void, lua_replace, (lua_State *, int)) \
  X(int, lua_checkstack, (lua_State *, int)) \
  X(int, lua_type, (lua_State *, int)) \
  X(const char *, lua_typename, (lua_State *, int)) \
  X(double, lua_tonumber, (lua_State *, int)) \
  X(int, lua_toboolean, (lua_State *, int)) \
  X(const char *, lua_tolstring, (lua_State *, int, size_t *)) \
  X(const void *, lua_topointer, (lua_State *, int)) \
  X(void *, lua_touserdata, (lua_State *, int)) \
  X(lua_CFunction, lua_tocfunction, (lua_State *, int)) \
  X(void, lua_pushnil, (lua_State *)) \
  X(void, lua_pushnumber, (lua_State *, double)) \
  X(void, lua_pushlstring, (lua_State *, const char *, size_t)) \
  X(void, lua_pushstring, (lua_State *, const char *)) \
  X(const char *, lua_pushfstring, (lua_State *, const char *, ...)) \
  X(void, lua_pushcclosure, (lua_State *, lua_CFunction, int)) \
  X(void, lua_pushboolean, (lua_State *, int)) \
  X(void, lua_pushlightuserdata, (lua_State *, void *)) \
  X(void, lua_rawget, (lua_State *, int)) \
  X(void, lua_rawgeti, (lua_State *, int, int)) \
  X(void, lua_createtable, (lua_State *, int, int)) \
  X(int, lua_getmetatable, (lua_State *, int)) \
  X(void, lua_rawset, (lua_State *, int)) \
  X(void, lua_rawseti, (lua_State *, int, int)) \
  X(int, lua_setmetatable, (lua_State *, int)) \
  X(void, lua_call, (lua_State *, int, int)) \
  X(int, lua_pcall, (lua_State *, int, int, int)) \
  X(int, lua_cpcall, (lua_State *, lua_CFunction, void *)) \
  X(int, lua_error, (lua_State *)) \
  X(int, lua_next, (lua_State *, int)) \
  X(void, lua_concat, (lua_State *, int)) \
  X(lua_Alloc, lua_getallocf, (lua_State *, void **)) \
  X(int, lua_gc, (lua_State *, int, int)) \
  X(int, lua_getstack, (lua_State *, int, lua_Debug *)) \
  X(int, lua_getinfo, (lua_State *, const char *, lua_Debug *)) \
  X(int, lua_sethook, (lua_State *, lua_Hook, int, int)) \
  X(int, lua_load, (lua_State *, lua_Reader, void *, const char *)) \
  X(int, luaL_loadbuffer, (lua_State *, const char *, size_t, const char *)) \
  X(int, luaL_ref, (lua_State *, int)) \
  X(void, luaL_unref, (lua_State *, int, int)) \
  X(void, luaL_where, (lua_State *, int)) \
  X(int, luaL_error, (lua_State *, const char *, ...)) \
  X(int, luaL_argerror, (lua_State *, int, const char *)) \
  X(long, luaL_checkinteger, (lua_State *, int)) \
  X(void, luaL_checktype, (lua_State *, int, int)) \
  X(const char *, luaL_checklstring, (lua_State *, int, size_t *)) \
  X(const char *, luaL_optlstring, (lua_State *, int, const char *, size_t *)) \
  X(void, luaL_checkany, (lua_State *, int)) \
  X(int, luaopen_base, (lua_State *)) \
  X(int, luaopen_table, (lua_State *)) \
  X(int, luaopen_string, (lua_State *)) \
  X(int, luaopen_math, (lua_State *))

struct clua_interface {
#define X(result, name, parameters) result (*name) parameters;
  CLUA_FUNCTIONS(X)
#undef X
  /// Of LuaJIT's alone.
  int (*luaJIT_setmode)(lua_State *, int, int);
};
extern struct clua_interface lua;

/// Bytes that grow.
struct clua_buffer {
  uint8_t *start;
  size_t count, capacity;
};

/// The functions of Lua's that read-only tables need a version of, each called by its own name.
enum { NEXT, RAWGET, RAWSET, SETMETATABLE, GETMETATABLE, INSERT, FOREACH, MAXN, REP, COLLECT, ORIGINALS };

/// A function of the host's that code can call.
struct host_function {
  struct clua_state *state;
  struct host_function *next;
  int number, depth, takes_functions, takes_words;
};

/// Small blocks that were given back, by size, for whoever wants one next.
enum { CLUA_BLOCK_STEP = 16, CLUA_BLOCK_SIZES = 16 };
struct clua_blocks {
  void *free[CLUA_BLOCK_SIZES];
  /// Bytes of each size, and of all.
  size_t kept[CLUA_BLOCK_SIZES], bytes;
};

struct clua_state {
  lua_State *lua;
  clua_host host;
  size_t memory, limit;
  struct clua_blocks blocks;
  struct host_function *functions;
  struct clua_buffer arguments, words, value;
  lua_CFunction originals[ORIGINALS];
  /// The tables of globals: of what runs, and of a library that is being loaded, 0 when there is none.
  int globals, loading;
  /// The functions that every call of a script needs.
  int call, keep, handler;
  /// The error that ends the script from now on.
  const char *stop;
  /// Memory was refused; a script told the collector what to do; functions are passed on.
  int was_refused, set_collector, takes_functions;
  char source[64];
  int line;
};

/// A block of `size` bytes; null without memory.
void *clua_take_block(struct clua_blocks *blocks, size_t size);
/// Gives a block of `size` bytes back.
void clua_give_block(struct clua_blocks *blocks, void *block, size_t size);
/// A block of `new` bytes with what a block of `old` holds; null, and that one stays, without memory.
void *clua_resize_block(struct clua_blocks *blocks, void *block, size_t old, size_t new);
/// Gives those that are kept back to malloc.
void clua_free_blocks(struct clua_blocks *blocks);
/// The interpreter that a thread of Lua's belongs to.
struct clua_state *clua_of(lua_State *L);
/// Makes room for `count` bytes more, and counts them; returns where they are.
uint8_t *clua_grow(lua_State *L, struct clua_buffer *buffer, size_t count);
/// Takes the arguments of a function as words; returns how many there are before the first that is none.
int clua_take_words(lua_State *L, struct clua_state *state, int count);
/// Appends the value at a stack index; tables down to a depth.
void clua_write(lua_State *L, struct clua_buffer *buffer, int index, int depth);
/// Pushes the value that `position` points to; returns where the next one is.
const uint8_t *clua_push(lua_State *L, const uint8_t *position);
/// Opens Lua's libraries and takes away what scripts must not have. A function of Lua's.
int clua_open_libraries(lua_State *L);
/// Returns a copy of the global table that its upvalue names. A function of Lua's.
int clua_copy_table(lua_State *L);
/// Makes the globals read-only. A function of Lua's.
int clua_protect_globals(lua_State *L);
/// Has all code see one of the tables of globals.
void clua_set_globals(lua_State *L, int globals);

#endif
