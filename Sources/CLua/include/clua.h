// Lua 5.1 at run time: the library is opened when a server starts, and nothing is linked against it.
//
// An error of Lua's is a longjmp. It may leave C functions, and nothing else: frames of Swift must not be jumped over.
// So all that talks to Lua's interface is here, and runs below a protected call of its own. Swift gets the arguments of
// a function as one run of bytes, or as words where they lie, and answers with another run; Lua values are made of
// that, and errors raised, after Swift's frames have returned.
//
// A value in such a run is a tag and what follows it; numbers in the machine's byte order, counts as 64 bits:
//
//   N nil    T true    F false    U the null pointer (cjson.null)
//   D  a double                   S  a count, bytes
//   {  from Lua: a count of bytes, keys and values by turns; to Lua: a count of pairs, keys and values by turns
//   [  to Lua only: a count, the elements from 1 on
//   X  from Lua only: a table that lies too deep        O  from Lua only: one byte, the type of any other value
//   R  from Lua, to functions that take functions: a reference to one, which is the host's to release
#ifndef CLUA_H
#define CLUA_H

#include <stddef.h>
#include <stdint.h>

/// A run of bytes that somebody else owns.
typedef struct {
  const uint8_t *_Nullable start;
  size_t count;
} clua_bytes;

/// What a function of the host's did.
enum {
  /// The run holds its results.
  CLUA_RETURN = 0,
  /// The run holds a value to be raised as an error as it is.
  CLUA_RAISE = 1,
  /// The run holds a text to be raised with the place in the script before it.
  CLUA_RAISE_PLACED = 2,
  /// The run holds the number of an argument and what is wrong with it.
  CLUA_BAD_ARGUMENT = 3,
};

/// What the host is asked for while a script runs.
typedef struct {
  void *_Nullable context;
  /// Carries out a function; `result` stays valid until the next call.
  int (*_Nonnull perform)(void *_Nullable context, int function, clua_bytes arguments, clua_bytes *_Nonnull result);
  /// Carries out one that takes words: strings where they lie, and the texts of numbers. Where an argument is neither,
  /// those before it are passed, and `is_complete` is 0.
  int (*_Nonnull perform_words)(void *_Nullable context, int function, const clua_bytes *_Nonnull words, size_t count,
                                int is_complete, clua_bytes *_Nonnull result);
  /// Called now and then; the text of an error ends the script with it, null has it go on.
  const char *_Nullable (*_Nonnull interrupt)(void *_Nullable context);
} clua_host;

/// A function of the host's, as a field of a table.
typedef struct {
  const char *_Nonnull table;
  const char *_Nonnull name;
  int number;
  /// Tables in its arguments are passed on down to this depth, 0 for none.
  int depth;
  /// Functions in its arguments are passed on by reference.
  int takes_functions;
  /// Its arguments are words.
  int takes_words;
} clua_function;

/// Who sees a field.
enum {
  /// Whatever runs, but a library that is being loaded.
  CLUA_RUNNING = 0,
  /// A library that is being loaded, which sees nothing else.
  CLUA_LOADING = 1,
};

/// How a script ended.
typedef struct {
  /// 0, or it failed.
  int failed;
  /// The value it returned, or the error.
  clua_bytes value;
  /// Where the error arose; no source, or an empty one, when that is unknown.
  const char *_Nullable source;
  int line;
} clua_outcome;

typedef struct clua_state clua_state;

/// Opens the library; 0, or it is not there or not one of Lua 5.1.
int clua_open(const char *_Nonnull path);

/// An interpreter with the parts of Lua's library that scripts may use; null without memory.
clua_state *_Nullable clua_new(clua_host host);
void clua_free(clua_state *_Nonnull state);

/// Adds a function of the host's to a global table, which is made if there is none.
int clua_add_function(clua_state *_Nonnull state, int scope, clua_function function);
/// Adds a value to a global table.
int clua_add_value(clua_state *_Nonnull state, int scope, const char *_Nonnull table, const char *_Nonnull name,
                   clua_bytes value);
/// Adds a function to a global table that returns a copy of that table.
int clua_add_copier(clua_state *_Nonnull state, int scope, const char *_Nonnull table, const char *_Nonnull name);
/// Makes all global tables, and the table of globals, read-only.
int clua_seal(clua_state *_Nonnull state);

/// Compiles a script, text only; other than 0 when it is none, with the error for the outcome's value.
int clua_compile(clua_state *_Nonnull state, clua_bytes source, const char *_Nonnull name, int *_Nonnull script,
                 clua_outcome *_Nonnull outcome);
/// Forgets a script, or a function that was passed on by reference.
void clua_release(clua_state *_Nonnull state, int script);
/// Calls a script with two values: for the globals KEYS and ARGV, or as its arguments.
void clua_call(clua_state *_Nonnull state, int script, int as_arguments, clua_bytes values,
               clua_outcome *_Nonnull outcome);
/// Runs a script that is a library, which sees what is there for loading; it has no value.
void clua_load(clua_state *_Nonnull state, int script, clua_outcome *_Nonnull outcome);

/// Bytes that the interpreter has allocated.
size_t clua_memory(const clua_state *_Nonnull state);
/// The most that it may allocate; 0 for no limit.
void clua_limit_memory(clua_state *_Nonnull state, size_t bytes);
/// Frees a bit of what nothing refers to; all of it when `completely`.
void clua_collect(clua_state *_Nonnull state, int completely);

#endif
