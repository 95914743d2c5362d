/// The bytes of a text.
func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
