// Unsafe here: the program's file is read where it is mapped, since a signal handler must not allocate memory. Every
// read is checked against the file's size.
import CLinux
import Glibc
import Synchronization

/// The names of the program's own functions, for the stack trace of a crash, from the symbol table of its file.
///
/// The C library's `backtrace_symbols_fd` knows only what a program exports, which is nothing. Names are mangled, as
/// they stand in the file: demangling allocates. Source: the ELF-64 object file format.
enum ProgramSymbols {
  private static let fileStart = Atomic<UInt>(0)
  private static let fileBytes = Atomic<UInt>(0)

  /// A function, and how far in it an address lies.
  @unsafe
  struct Symbol {
    let name: UnsafePointer<UInt8>
    let offset: UInt
  }

  // Offsets in the ELF header, in a section's header and in a symbol; sizes; values.
  private enum ELF {
    static let type: UInt = 0x10, sectionHeaders: UInt = 0x28, sectionHeaderSize: UInt = 0x3a, sectionCount: UInt = 0x3c
    static let sectionType: UInt = 0x04, sectionOffset: UInt = 0x18, sectionSize: UInt = 0x20, sectionLink: UInt = 0x28
    static let symbolType: UInt = 0x04, symbolValue: UInt = 0x08, symbolSize: UInt = 0x10, symbolBytes: UInt = 24
    static let sharedObject: UInt16 = 3
    static let symbolTable: UInt32 = 2
    static let function: UInt8 = 2
  }

  /// Maps the program's file: pages are read when a crash looks at them. Without the file there are no names.
  static func prepare() {
    guard fileStart.load(ordering: .relaxed) == 0 else { return }
    let file = unsafe open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_size > 64 else { return }
    let memory = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0)
    guard unsafe memory != MAP_FAILED else { return }
    fileBytes.store(UInt(status.st_size), ordering: .relaxed)
    fileStart.store(UInt(bitPattern: memory), ordering: .relaxed)
  }

  /// The function of the program that `address` lies in; nil for none, and for those of libraries.
  static func find(_ address: UInt) -> Symbol? {
    guard let headers: UInt = load(ELF.sectionHeaders), let size: UInt16 = load(ELF.sectionHeaderSize),
      let count: UInt16 = load(ELF.sectionCount), let type: UInt16 = load(ELF.type)
    else { return nil }
    // A position-independent program's addresses are relative to where it was loaded.
    let wanted = address &- (type == ELF.sharedObject ? clinux_program_start() : 0)
    for index in 0..<UInt(count) {
      let header = headers &+ index &* UInt(size)
      guard let kind: UInt32 = load(header &+ ELF.sectionType), kind == ELF.symbolTable,
        let start: UInt = load(header &+ ELF.sectionOffset), let bytes: UInt = load(header &+ ELF.sectionSize),
        let link: UInt32 = load(header &+ ELF.sectionLink),
        let names: UInt = load(headers &+ UInt(link) &* UInt(size) &+ ELF.sectionOffset)
      else { continue }
      return unsafe find(wanted, symbols: start, count: bytes / ELF.symbolBytes, names: names)
    }
    return nil
  }

  private static func find(_ address: UInt, symbols: UInt, count: UInt, names: UInt) -> Symbol? {
    for index in 0..<count {
      let symbol = symbols &+ index &* ELF.symbolBytes
      guard let type: UInt8 = load(symbol &+ ELF.symbolType), type & 15 == ELF.function,
        let value: UInt = load(symbol &+ ELF.symbolValue), let size: UInt = load(symbol &+ ELF.symbolSize),
        address >= value, address - value < size, let name: UInt32 = load(symbol), isText(names &+ UInt(name)),
        let start = unsafe UnsafePointer<UInt8>(bitPattern: fileStart.load(ordering: .relaxed) &+ names &+ UInt(name))
      else { continue }
      return unsafe Symbol(name: start, offset: address - value)
    }
    return nil
  }

  /// Whether a C string at an offset ends within the file.
  private static func isText(_ offset: UInt) -> Bool {
    var next = offset
    while let byte: UInt8 = load(next) {
      if byte == 0 { return true }
      next += 1
    }
    return false
  }

  /// A number at an offset of the file; nil outside of it.
  private static func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: UInt) -> Value? {
    let size = fileBytes.load(ordering: .relaxed), width = UInt(MemoryLayout<Value>.size)
    guard size >= width, offset <= size - width,
      let place = unsafe UnsafeRawPointer(bitPattern: fileStart.load(ordering: .relaxed) &+ offset)
    else { return nil }
    return unsafe place.loadUnaligned(as: Value.self)
  }
}
