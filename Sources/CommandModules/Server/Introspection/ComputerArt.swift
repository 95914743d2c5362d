/// Pictures for LOLWUT, another one each time.
enum ComputerArt {
  /// An elementary cellular automaton: each row of dots follows from the one above it by one of Wolfram's rules. Eight
  /// dots make a character of Braille.
  static func automaton(columns: Int, rows: Int) -> String {
    let rule = [18, 22, 30, 45, 54, 60, 90, 105, 110, 122, 150].randomElement() ?? 110
    let width = columns * 2
    var line = (0..<width).map { $0 == width / 2 }
    // From one dot, or from noise.
    if Bool.random() { line = line.map { _ in Int.random(in: 0..<4) == 0 } }
    var text = ""
    for _ in 0..<rows {
      var dots = [[Bool]]()
      for _ in 0..<4 {
        dots.append(line)
        let above = line
        line = above.indices.map { index in
          let left = above[(index + width - 1) % width], right = above[(index + 1) % width]
          return rule >> ((left ? 4 : 0) + (above[index] ? 2 : 0) + (right ? 1 : 0)) & 1 == 1
        }
      }
      for column in 0..<columns { text += braille(dots, 2 * column) }
      text += "\n"
    }
    return text + "\nElementary cellular automaton, rule \(rule).\n"
  }

  /// The character of two dots in each of four lines, from a place on.
  private static func braille(_ dots: [[Bool]], _ first: Int) -> String {
    // Unicode counts the dots down the left side, down the right side, and then those of the lowest line.
    let bits = [[0, 3], [1, 4], [2, 5], [6, 7]]
    var code: UInt32 = 0x2800
    for (line, sides) in bits.enumerated() {
      for (side, bit) in sides.enumerated() where dots[line][first + side] { code |= 1 << UInt32(bit) }
    }
    return Unicode.Scalar(code).map { String(Character($0)) } ?? " "
  }

  /// A town at night: towers of some widths and heights, with lights in their windows, under stars.
  static func skyline(columns: Int, rows: Int) -> String {
    var heights: [Int] = []
    while heights.count < columns {
      let height = Int.random(in: 0...max(1, rows * 3 / 4))
      heights += [Int](repeating: height, count: Int.random(in: 3...9)) + [0]
    }
    var text = ""
    for row in 0..<rows {
      for column in 0..<columns {
        let level = rows - row
        if level > heights[column] {
          text += Int.random(in: 0..<40) == 0 ? "·" : " "
        } else if level % 2 == 0 && column % 2 == 0 && level < heights[column] {
          text += Bool.random() ? "▒" : "░"
        } else {
          text += "█"
        }
      }
      text += "\n"
    }
    return text + "\nA town that no map shows.\n"
  }
}
