// The interpreter: opening the library, calls into it and out of it, memory, and its end.
#include "interface.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

struct clua_interface lua;

/// No single block is larger: a script that asks for more is wrong.
static const size_t largest_block = (size_t)512 << 20;
/// Instructions from one look at the time to the next.
static const int instructions_between_interrupts = 100000;

int clua_open(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
#define X(result, name, parameters) \
  lua.name = (result (*) parameters)dlsym(library, #name); \
  if (!lua.name) return -1;
  CLUA_FUNCTIONS(X)
#undef X
  lua.luaJIT_setmode = (int (*)(lua_State *, int, int))dlsym(library, "luaJIT_setmode");
  return 0;
}

struct clua_state *clua_of(lua_State *L) {
  void *state;
  lua.lua_getallocf(L, &state);
  return state;
}

static void *allocate(void *context, void *block, size_t old, size_t new) {
  struct clua_state *state = context;
  if (new == 0) {
    if (block) clua_give_block(&state->blocks, block, old);
    state->memory -= old;
    return NULL;
  }
  if (new > old) {
    size_t growth = new - old;
    if (new > largest_block || (state->limit && state->memory + growth > state->limit)) {
      state->was_refused = 1;
      return NULL;
    }
  }
  void *moved = block ? clua_resize_block(&state->blocks, block, old, new) : clua_take_block(&state->blocks, new);
  if (moved) state->memory += new - old;
  return moved;
}

static void look_up(lua_State *L, lua_Debug *event) {
  (void)event;
  struct clua_state *state = clua_of(L);
  if (!state->stop) state->stop = state->host.interrupt(state->host.context);
  if (!state->stop) return;
  // From now on every instruction raises, so that no pcall goes on.
  lua.lua_sethook(L, look_up, LUA_MASKCOUNT, 1);
  lua.lua_sethook(state->lua, look_up, LUA_MASKCOUNT, 1);
  lua.lua_createtable(L, 0, 1);
  lua.lua_pushstring(L, "err");
  lua.lua_pushstring(L, state->stop);
  lua.lua_rawset(L, -3);
  lua.lua_error(L);
}

static int perform(lua_State *L) {
  const struct host_function *function = lua.lua_touserdata(L, lua_upvalueindex(1));
  struct clua_state *state = function->state;
  int count = lua.lua_gettop(L), status;
  clua_bytes result = {NULL, 0};
  if (function->takes_words) {
    int words = clua_take_words(L, state, count);
    status = state->host.perform_words(state->host.context, function->number, (clua_bytes *)(void *)state->words.start,
                                       (size_t)words, words == count, &result);
  } else {
    state->arguments.count = 0;
    state->takes_functions = function->takes_functions;
    for (int index = 1; index <= count; index++) clua_write(L, &state->arguments, index, function->depth);
    state->takes_functions = 0;
    clua_bytes arguments = {state->arguments.start, state->arguments.count};
    status = state->host.perform(state->host.context, function->number, arguments, &result);
  }
  // The frames of Swift have returned: errors may be raised from here on.
  lua.lua_settop(L, 0);
  const uint8_t *position = result.start, *end = result.start + result.count;
  for (count = 0; position < end; count++) {
    // A few always fit.
    if (count > 8 && !lua.lua_checkstack(L, 4)) return lua.luaL_error(L, "too many results to unpack");
    position = clua_push(L, position);
  }
  switch (status) {
    case CLUA_RAISE: return lua.lua_error(L);
    case CLUA_RAISE_PLACED:
      lua.luaL_where(L, 1);
      lua.lua_insert(L, -2);
      lua.lua_concat(L, 2);
      return lua.lua_error(L);
    case CLUA_BAD_ARGUMENT:
      return lua.luaL_argerror(L, (int)lua.lua_tonumber(L, 1), lua.lua_tolstring(L, 2, NULL));
    default: return count;
  }
}

/// What a protected function below works on.
struct request {
  struct clua_state *state;
  clua_function function;
  clua_bytes bytes;
  int scope, script, as_arguments, completely, copies;
  int failed;
};

static struct request *request_of(lua_State *L) { return lua.lua_touserdata(L, 1); }

/// Calls a function here, which may raise: for want of memory whatever allocates does. Other than 0 when it has.
static int protected(struct clua_state *state, lua_CFunction function, struct request *request) {
  int status = lua.lua_cpcall(state->lua, function, request);
  if (status) lua.lua_settop(state->lua, -2);
  return status;
}

/// Has the host asked once in so many instructions.
static void look_now_and_then(struct clua_state *state) {
  lua.lua_sethook(state->lua, look_up, LUA_MASKCOUNT, instructions_between_interrupts);
}

/// An error that nothing catches is a mistake here: Lua would end the process without a word.
static int panic(lua_State *L) {
  (void)L;
  abort();
}

/// What lies at the bottom of the stack for good: to make it for each call would be garbage.
enum { HANDLER = 1, CALL, KEEP };

static int call(lua_State *L);
static int keep(lua_State *L);
static int handle_error(lua_State *L);

/// Opens the libraries, and makes what every call needs.
static int prepare(lua_State *L) {
  struct clua_state *state = clua_of(L);
  clua_open_libraries(L);
  lua.lua_pushcclosure(L, handle_error, 0);
  state->handler = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, state->globals);
  lua.lua_pushstring(L, "KEYS");
  lua.lua_pushstring(L, "ARGV");
  lua.lua_pushcclosure(L, call, 3);
  state->call = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  lua.lua_pushcclosure(L, keep, 0);
  state->keep = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

clua_state *clua_new(clua_host host) {
  struct clua_state *state = calloc(1, sizeof *state);
  if (!state) return NULL;
  state->host = host;
  state->lua = lua.lua_newstate(allocate, state);
  if (state->lua) lua.lua_atpanic(state->lua, panic);
  // Compiled code looks at no hook: nothing could end a loop.
  if (state->lua && lua.luaJIT_setmode) lua.luaJIT_setmode(state->lua, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
  if (!state->lua || lua.lua_cpcall(state->lua, prepare, NULL)) {
    clua_free(state);
    return NULL;
  }
  lua.lua_rawgeti(state->lua, LUA_REGISTRYINDEX, state->handler);
  lua.lua_rawgeti(state->lua, LUA_REGISTRYINDEX, state->call);
  lua.lua_rawgeti(state->lua, LUA_REGISTRYINDEX, state->keep);
  look_now_and_then(state);
  return state;
}

void clua_free(clua_state *state) {
  if (state->lua) lua.lua_close(state->lua);
  while (state->functions) {
    struct host_function *next = state->functions->next;
    free(state->functions);
    state->functions = next;
  }
  clua_free_blocks(&state->blocks);
  free(state->arguments.start);
  free(state->words.start);
  free(state->value.start);
  free(state);
}

static int add(lua_State *L) {
  struct request *request = request_of(L);
  struct clua_state *state = request->state;
  const clua_function *function = &request->function;
  if (request->scope == CLUA_LOADING && !state->loading) {
    lua.lua_createtable(L, 0, 4);
    state->loading = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, request->scope == CLUA_LOADING ? state->loading : state->globals);
  lua.lua_pushstring(L, function->table);
  lua.lua_rawget(L, 2);
  if (lua.lua_type(L, 3) != LUA_TTABLE) {
    lua.lua_settop(L, 2);
    lua.lua_createtable(L, 0, 8);
    lua.lua_pushstring(L, function->table);
    lua.lua_pushvalue(L, 3);
    lua.lua_rawset(L, 2);
  }
  lua.lua_pushstring(L, function->name);
  if (request->copies) {
    lua.lua_pushstring(L, function->table);
    lua.lua_pushcclosure(L, clua_copy_table, 1);
  } else if (request->bytes.start) {
    clua_push(L, request->bytes.start);
  } else {
    struct host_function *made = malloc(sizeof *made);
    if (!made) return lua.luaL_error(L, "not enough memory");
    *made = (struct host_function){
      state, state->functions, function->number, function->depth, function->takes_functions, function->takes_words};
    state->functions = made;
    lua.lua_pushlightuserdata(L, made);
    lua.lua_pushcclosure(L, perform, 1);
  }
  lua.lua_rawset(L, 3);
  return 0;
}

int clua_add_function(clua_state *state, int scope, clua_function function) {
  struct request request = {.state = state, .scope = scope, .function = function};
  return protected(state, add, &request);
}

int clua_add_value(clua_state *state, int scope, const char *table, const char *name, clua_bytes value) {
  struct request request = {
    .state = state, .scope = scope, .function = {.table = table, .name = name}, .bytes = value};
  return protected(state, add, &request);
}

int clua_add_copier(clua_state *state, int scope, const char *table, const char *name) {
  struct request request = {.state = state, .scope = scope, .function = {.table = table, .name = name}, .copies = 1};
  return protected(state, add, &request);
}

int clua_seal(clua_state *state) { return protected(state, clua_protect_globals, NULL); }

/// Keeps the value at the top for the outcome.
static void keep_value(lua_State *L, struct clua_state *state) {
  state->value.count = 0;
  // Deeper than any reply may be; `lua_checkstack` ends it before.
  clua_write(L, &state->value, lua.lua_gettop(L), 8000);
}

static int compile(lua_State *L) {
  struct request *request = request_of(L);
  const char *text = (const char *)request->bytes.start;
  if (request->bytes.count > 0 && text[0] == 27) {
    request->failed = 1;
    lua.lua_pushfstring(L, "%s:1: unexpected symbol near 'char(27)'", request->function.name + 1);
  } else {
    request->failed = lua.luaL_loadbuffer(L, text, request->bytes.count, request->function.name);
  }
  if (request->failed) keep_value(L, request->state);
  else request->script = lua.luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

static void finish(struct request *request, int status, clua_outcome *outcome) {
  static const char no_memory[] = "not enough memory";
  struct clua_state *state = request->state;
  if (status) {
    // Raised outside the script: there was no memory for the call or for its result.
    uint64_t count = sizeof no_memory - 1;
    state->value.count = 0;
    if (state->value.capacity < 9 + count) {
      state->value.start = realloc(state->value.start, 64);
      if (!state->value.start) abort();
      state->value.capacity = 64;
    }
    state->value.start[0] = 'S';
    memcpy(state->value.start + 1, &count, 8);
    memcpy(state->value.start + 9, no_memory, count);
    state->value.count = 9 + count;
  }
  outcome->failed = status || request->failed;
  outcome->value = (clua_bytes){state->value.start, state->value.count};
  outcome->source = state->source;
  outcome->line = state->line;
}

int clua_compile(clua_state *state, clua_bytes source, const char *name, int *script, clua_outcome *outcome) {
  struct request request = {.state = state, .function = {.name = name}, .bytes = source};
  finish(&request, protected(state, compile, &request), outcome);
  *script = request.script;
  return outcome->failed;
}

static int release(lua_State *L) {
  lua.luaL_unref(L, LUA_REGISTRYINDEX, request_of(L)->script);
  return 0;
}

void clua_release(clua_state *state, int script) {
  struct request request = {.script = script};
  protected(state, release, &request);
}

/// Notes where an error arose, and makes a text of what is no table.
static int handle_error(lua_State *L) {
  struct clua_state *state = clua_of(L);
  lua_Debug frame, below;
  memset(&frame, 0, sizeof frame);
  int found = lua.lua_getstack(L, 1, &frame) && lua.lua_getinfo(L, "Sl", &frame);
  // A function of C's is no place, but who called it; the lowest frame is the one below, which is none either.
  if (found && !strcmp(frame.what, "C")) {
    found = lua.lua_getstack(L, 3, &below) && lua.lua_getstack(L, 2, &frame) && lua.lua_getinfo(L, "Sl", &frame);
  }
  if (found) {
    strncpy(state->source, frame.source, sizeof state->source - 1);
    state->line = frame.currentline;
  }
  switch (lua.lua_type(L, 1)) {
    case LUA_TTABLE: case LUA_TSTRING: break;
    case LUA_TNIL: lua.lua_pushstring(L, "nil"); break;
    case LUA_TBOOLEAN: lua.lua_pushstring(L, lua.lua_toboolean(L, 1) ? "true" : "false"); break;
    case LUA_TNUMBER: lua.lua_tolstring(L, 1, NULL); break;
    default: lua.lua_pushfstring(L, "%s: %p", lua.lua_typename(L, lua.lua_type(L, 1)), lua.lua_topointer(L, 1));
  }
  return 1;
}

/// What follows a run of code: all is as the next one is to find it.
static void clear_up(lua_State *L, struct clua_state *state) {
  if (state->stop) look_now_and_then(state);
  if (!state->set_collector) return;
  lua.lua_gc(L, LUA_GCRESTART, 0);
  lua.lua_gc(L, LUA_GCSETPAUSE, 200);
  lua.lua_gc(L, LUA_GCSETSTEPMUL, 200);
}

/// Calls a script with what its upvalues name: the table of globals, and there the names of keys and arguments.
static int call(lua_State *L) {
  struct request *request = request_of(L);
  if (request->as_arguments) {
    lua.lua_rawgeti(L, LUA_REGISTRYINDEX, request->script);
    clua_push(L, clua_push(L, request->bytes.start));
  } else {
    lua.lua_pushvalue(L, lua_upvalueindex(2));
    const uint8_t *position = clua_push(L, request->bytes.start);
    lua.lua_rawset(L, lua_upvalueindex(1));
    lua.lua_pushvalue(L, lua_upvalueindex(3));
    clua_push(L, position);
    lua.lua_rawset(L, lua_upvalueindex(1));
    lua.lua_rawgeti(L, LUA_REGISTRYINDEX, request->script);
  }
  lua.lua_call(L, request->as_arguments ? 2 : 0, 1);
  clear_up(L, request->state);
  keep_value(L, request->state);
  return 0;
}

/// Keeps the error of a script for the outcome. Lua 5.1 does not look for garbage when memory runs out: the next script
/// finds what this one left.
static int keep(lua_State *L) {
  struct clua_state *state = clua_of(L);
  clear_up(L, state);
  keep_value(L, state);
  if (state->was_refused) lua.lua_gc(L, LUA_GCCOLLECT, 0);
  return 0;
}

/// A run of code begins.
static void prepare_run(clua_state *state) {
  state->source[0] = 0;
  state->line = 0;
  state->stop = NULL;
  state->was_refused = state->set_collector = state->takes_functions = 0;
}

void clua_call(clua_state *state, int script, int as_arguments, clua_bytes values, clua_outcome *outcome) {
  lua_State *L = state->lua;
  struct request request = {.state = state, .script = script, .as_arguments = as_arguments, .bytes = values};
  prepare_run(state);
  // None of this can raise; all else is done below a protected call.
  lua.lua_pushvalue(L, CALL);
  lua.lua_pushlightuserdata(L, &request);
  int status = lua.lua_pcall(L, 1, 0, HANDLER);
  if (status) {
    request.failed = 1;
    lua.lua_pushvalue(L, KEEP);
    lua.lua_insert(L, -2);
    status = lua.lua_pcall(L, 1, 0, 0);
    if (status) lua.lua_settop(L, -2);
  }
  finish(&request, status, outcome);
}

static int load_library(lua_State *L) {
  struct request *request = request_of(L);
  lua.lua_rawgeti(L, LUA_REGISTRYINDEX, request->script);
  clua_set_globals(L, request->state->loading);
  request->failed = lua.lua_pcall(L, 0, 0, 0);
  clear_up(L, request->state);
  clua_set_globals(L, request->state->globals);
  if (request->failed) keep_value(L, request->state);
  if (request->state->was_refused) lua.lua_gc(L, LUA_GCCOLLECT, 0);
  return 0;
}

void clua_load(clua_state *state, int script, clua_outcome *outcome) {
  struct request request = {.state = state, .script = script};
  prepare_run(state);
  state->value.count = 0;
  int status = protected(state, load_library, &request);
  finish(&request, status, outcome);
}

size_t clua_memory(const clua_state *state) {
  return state->memory + state->blocks.bytes + state->arguments.capacity + state->words.capacity +
    state->value.capacity;
}

void clua_limit_memory(clua_state *state, size_t bytes) { state->limit = bytes; }

static int collect(lua_State *L) {
  lua.lua_gc(L, request_of(L)->completely ? LUA_GCCOLLECT : LUA_GCSTEP, 1);
  return 0;
}

void clua_collect(clua_state *state, int completely) {
  struct request request = {.completely = completely};
  protected(state, collect, &request);
  if (completely) {
    clua_free_blocks(&state->blocks);
    free(state->arguments.start);
    free(state->words.start);
    free(state->value.start);
    state->arguments = state->words = state->value = (struct clua_buffer){NULL, 0, 0};
  }
}
