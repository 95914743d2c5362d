import Containers

/// A type of value that keys can hold, brought by a module and registered with `Registry.add`.
///
/// Through it the kernel answers TYPE, OBJECT ENCODING, MEMORY USAGE, COPY and DEBUG DIGEST, takes snapshots, makes
/// values anew and frees them, without a list of types anywhere. A value lives inside its key's
/// entry, so a type of one or two words that owns its storage is best. Its deinit frees, and may run
/// on a helper thread. Types that several modules use are targets of their own, below the modules.
public protocol StoredValue: ~Copyable {
  /// What TYPE answers, and what SCAN ... TYPE compares.
  static var typeName: StaticString { get }

  /// The number that DEBUG DIGEST mixes in for the type: Redis' 1 list, 2 set, 3 sorted set, 4 hash,
  /// 5 others, 6 stream.
  static var digestNumber: UInt32 { get }

  /// The directives that govern the type, as when its encoding changes: registered together with it.
  static var parameters: [Parameter] { get }

  /// An empty value.
  init()

  /// Whether nothing is left; the kernel then removes the key.
  var isEmpty: Bool { get }

  /// What OBJECT ENCODING answers.
  var encodingName: StaticString { get }

  /// A value of its own with the same content.
  func copy() -> Self

  /// Bytes that the value takes outside its key's entry. Of a large collection `samples` elements are
  /// weighed and taken for all; 0 weighs every one.
  func memoryUse(samples: Int) -> Int

  /// About how many allocations freeing takes; past 64, UNLINK frees on the helper thread.
  var freeEffort: Int { get }

  /// The command that adds elements to a value of the type; by default that of the first form.
  static var elementCommand: ElementCommand { get }

  /// What kinds of elements there are, for a type that has several: each is begun with `ElementWriter.begin`, and read
  /// with `ElementReader.readForm`. Empty by default.
  static var elementForms: [ElementForm] { get }

  /// How many elements there are.
  var elementCount: Int { get }

  /// Writes all elements.
  func writeElements(into writer: inout ElementWriter)

  /// A value of so many elements, which are read in the order in which they were written. The number and the elements
  /// come from outside: what cannot be is an error.
  init(elementCount: Int, from reader: inout ElementReader) throws(ElementError)

  /// Begins to be taken by a snapshot in pieces, if it is so large that one piece would hold everyone up: what
  /// `continueWalk` writes are the elements as they are now, `elementCount` of them, whatever changes meanwhile. False,
  /// as by default, has them written at once by `writeElements`.
  mutating func beginWalk() -> Bool

  /// Writes the next piece, of some hundred elements; false when it was the last.
  mutating func continueWalk(into writer: inout ElementWriter) -> Bool

  /// Ends the walk, at its end or before.
  mutating func endWalk()

  /// How full the buckets are, for DEBUG HTSTATS-KEY, of a value that is kept in a hash table; nil, as by default, of
  /// another.
  var tableStatistics: [BucketStatistics]? { get }

  /// What SORT finds in values of the type; nothing by default.
  static var sortableElements: SortableElements { get }

  /// Visits elements for SORT, at some positions of `elementCount`: in their own order, or in the reverse one, where 0
  /// is the last element; in any order when they have none. Only called of types that say they are sortable.
  func forEachSortable(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void)

  /// Mixes the content into DEBUG DIGEST, to the value that Redis gives for the same data.
  func digest(into digest: inout ValueDigest)

  /// Asks the CPU for what a lookup of `element` reads first, or, once that has arrived, next: called for some
  /// requests together before any of them runs, so that their cache misses overlap. Does nothing by default.
  func prefetch(_ element: borrowing Bytes, _ stage: PrefetchStage)
}

/// How far what a lookup reads has been fetched.
public enum PrefetchStage: Sendable {
  /// Nothing has: the place that tells where the element is.
  case index
  /// The index has: the element.
  case element
}

extension StoredValue where Self: ~Copyable {
  /// That of the first form.
  public static var elementCommand: ElementCommand {
    precondition(!elementForms.isEmpty, "\(typeName): elements are added by a command, or have forms")
    return ElementCommand(elementForms[0].name)
  }
  /// One kind only.
  public static var elementForms: [ElementForm] { [] }
  /// Not so large: written at once.
  public mutating func beginWalk() -> Bool { false }
  /// Never called unless `beginWalk` says so.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool { false }
  /// Never called unless `beginWalk` says so.
  public mutating func endWalk() {}
  /// No table.
  public var tableStatistics: [BucketStatistics]? { nil }
  /// No directives.
  public static var parameters: [Parameter] { [] }
  /// Not to be sorted.
  public static var sortableElements: SortableElements { .none }
  /// Never called unless `sortableElements` says so.
  public func forEachSortable(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void
  ) {}
  /// Nothing to gain.
  public func prefetch(_ element: borrowing Bytes, _ stage: PrefetchStage) {}
}

/// A registered value type, with the type erased.
@usableFromInline
class ValueKind {
  @usableFromInline let number: UInt8
  /// Bytes that the value takes in its entry.
  @usableFromInline let size: Int
  var typeName: StaticString { format.typeName }
  let digestNumber: UInt32
  let sortableElements: SortableElements
  let format: ValueFormat
  /// The type's metadata, by which `Database` tells in one comparison whether a value is of a type.
  @usableFromInline let identity: ObjectIdentifier

  init(
    number: UInt8, size: Int, format: ValueFormat, digestNumber: UInt32, sortableElements: SortableElements,
    identity: ObjectIdentifier
  ) {
    self.number = number
    self.size = size
    self.format = format
    self.digestNumber = digestNumber
    self.sortableElements = sortableElements
    self.identity = identity
  }

  // Overridden by `ValueKindOf`; an address is that of the value in its entry.
  var swiftName: String { fatalError() }
  @unsafe func isEmpty(_ value: UnsafeMutableRawPointer) -> Bool { fatalError() }
  @unsafe func encodingName(_ value: UnsafeMutableRawPointer) -> StaticString { fatalError() }
  @unsafe func memoryUse(_ value: UnsafeMutableRawPointer, samples: Int) -> Int { fatalError() }
  @unsafe func freeEffort(_ value: UnsafeMutableRawPointer) -> Int { fatalError() }
  @unsafe func copy(_ value: UnsafeMutableRawPointer, to place: UnsafeMutableRawPointer) { fatalError() }
  @unsafe func elementCount(_ value: UnsafeMutableRawPointer) -> Int { fatalError() }
  @unsafe func forEachSortable(
    _ value: UnsafeMutableRawPointer, in positions: Range<Int>, reversed: Bool,
    _ visit: (borrowing PackedElement) -> Void
  ) { fatalError() }
  @unsafe func writeElements(_ value: UnsafeMutableRawPointer, into writer: inout ElementWriter) {}
  /// Makes a value of elements at `place`; nothing is there after an error, or when the value would be empty: false.
  @unsafe func load(
    _ elementCount: Int, from reader: inout ElementReader, to place: UnsafeMutableRawPointer
  ) throws(ElementError) -> Bool { fatalError() }
  @unsafe func beginWalk(_ value: UnsafeMutableRawPointer) -> Bool { false }
  @unsafe func continueWalk(_ value: UnsafeMutableRawPointer, into writer: inout ElementWriter) -> Bool { false }
  @unsafe func endWalk(_ value: UnsafeMutableRawPointer) {}
  @unsafe func digest(_ value: UnsafeMutableRawPointer, into digest: inout ValueDigest) {}
  /// How full the buckets of its table are; nil when it is no table.
  @unsafe func tableStatistics(_ value: UnsafeMutableRawPointer) -> [BucketStatistics]? { fatalError() }
  @unsafe func prefetch(_ value: UnsafeMutableRawPointer, _ element: borrowing Bytes, _ stage: PrefetchStage) {}
  /// Ends the value now.
  @unsafe func destroy(_ value: UnsafeMutableRawPointer) { fatalError() }
  /// Moves the value out and ends it on the disposal thread.
  @unsafe func dispose(_ value: UnsafeMutableRawPointer) { fatalError() }
}

// Unsafe: values lie at addresses in their entries.
@usableFromInline
final class ValueKindOf<Value: StoredValue & ~Copyable>: ValueKind {
  init(number: UInt8) {
    precondition(MemoryLayout<Value>.alignment <= 8, "\(Value.typeName): values are aligned to 8 bytes")
    super.init(
      number: number, size: MemoryLayout<Value>.size,
      format: ValueFormat(typeName: Value.typeName, command: Value.elementCommand, forms: Value.elementForms),
      digestNumber: Value.digestNumber,
      sortableElements: Value.sortableElements, identity: ObjectIdentifier(Value.self))
  }

  override var swiftName: String { String(reflecting: Value.self) }

  @unsafe private func bound(_ value: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value> {
    unsafe value.assumingMemoryBound(to: Value.self)
  }

  @unsafe override func isEmpty(_ value: UnsafeMutableRawPointer) -> Bool { unsafe bound(value).pointee.isEmpty }

  @unsafe override func encodingName(_ value: UnsafeMutableRawPointer) -> StaticString {
    unsafe bound(value).pointee.encodingName
  }

  @unsafe override func memoryUse(_ value: UnsafeMutableRawPointer, samples: Int) -> Int {
    unsafe bound(value).pointee.memoryUse(samples: samples)
  }

  @unsafe override func freeEffort(_ value: UnsafeMutableRawPointer) -> Int { unsafe bound(value).pointee.freeEffort }

  @unsafe override func copy(_ value: UnsafeMutableRawPointer, to place: UnsafeMutableRawPointer) {
    unsafe bound(place).initialize(to: bound(value).pointee.copy())
  }

  @unsafe override func elementCount(_ value: UnsafeMutableRawPointer) -> Int {
    unsafe bound(value).pointee.elementCount
  }

  @unsafe override func forEachSortable(
    _ value: UnsafeMutableRawPointer, in positions: Range<Int>, reversed: Bool,
    _ visit: (borrowing PackedElement) -> Void
  ) {
    unsafe bound(value).pointee.forEachSortable(in: positions, reversed: reversed, visit)
  }

  @unsafe override func writeElements(_ value: UnsafeMutableRawPointer, into writer: inout ElementWriter) {
    unsafe bound(value).pointee.writeElements(into: &writer)
  }

  @unsafe override func load(
    _ elementCount: Int, from reader: inout ElementReader, to place: UnsafeMutableRawPointer
  ) throws(ElementError) -> Bool {
    let value = try Value(elementCount: elementCount, from: &reader)
    if value.isEmpty { return false }
    unsafe bound(place).initialize(to: value)
    return true
  }

  @unsafe override func beginWalk(_ value: UnsafeMutableRawPointer) -> Bool { unsafe bound(value).pointee.beginWalk() }

  @unsafe override func continueWalk(_ value: UnsafeMutableRawPointer, into writer: inout ElementWriter) -> Bool {
    unsafe bound(value).pointee.continueWalk(into: &writer)
  }

  @unsafe override func endWalk(_ value: UnsafeMutableRawPointer) { unsafe bound(value).pointee.endWalk() }

  @unsafe override func digest(_ value: UnsafeMutableRawPointer, into digest: inout ValueDigest) {
    unsafe bound(value).pointee.digest(into: &digest)
  }

  @unsafe override func tableStatistics(_ value: UnsafeMutableRawPointer) -> [BucketStatistics]? {
    unsafe bound(value).pointee.tableStatistics
  }

  @unsafe override func prefetch(
    _ value: UnsafeMutableRawPointer, _ element: borrowing Bytes, _ stage: PrefetchStage
  ) {
    unsafe bound(value).pointee.prefetch(element, stage)
  }

  @unsafe override func destroy(_ value: UnsafeMutableRawPointer) { unsafe bound(value).deinitialize(count: 1) }

  @unsafe override func dispose(_ value: UnsafeMutableRawPointer) {
    let bytes = unsafe bound(value).pointee.memoryUse(samples: 1)
    unsafe Disposal.end(bound(value).move(), 1, bytes: bytes)
  }
}
