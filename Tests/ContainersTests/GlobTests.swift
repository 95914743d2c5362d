import Containers
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("h?llo", "hello", true), ("h?llo", "hllo", false), ("h*llo", "heeeello", true), ("h*llo", "hllo", true),
    ("h[ae]llo", "hallo", true), ("h[ae]llo", "hillo", false), ("h[^e]llo", "hbllo", true),
    ("h[a-b]llo", "hcllo", false), ("h[b-a]llo", "hallo", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false),
    ("*", "", false), ("", "", true), ("**", "a", true), ("", "a", false), ("a\\", "a\\", true),
  ])
  func matches(pattern: String, text: String, expected: Bool) {
    #expect(verdict(pattern, text, ignoringCase: false) == expected)
  }

  /// Random patterns with the verdicts of Redis 7.0.15's `stringmatchlen`, minding and ignoring case.
  @Test func agreesWithRedis() {
    var failures: [Substring] = []
    for line in Self.table.split(separator: "\n") {
      let columns = line.split(separator: " ", omittingEmptySubsequences: false)
      let (pattern, text) = (String(columns[0]), String(columns[1]))
      let exact = verdict(pattern, text, ignoringCase: false) ? "1" : "0"
      let folded = verdict(pattern, text, ignoringCase: true) ? "1" : "0"
      if exact + folded != columns[2] { failures.append(line) }
    }
    #expect(failures == [])
  }

  /// Ranges compare bytes as signed, as C's `char` does on x86.
  @Test func comparesRangesAsSignedBytes() {
    let pattern: [UInt8] = [0x5b, 0x01, 0x2d, 0xff, 0x5d]
    let between: [UInt8] = [0x00]
    let outside: [UInt8] = [0x80]
    let isBetween = globMatches(pattern: pattern.bytes, between.bytes, ignoringCase: false)
    let isOutside = globMatches(pattern: pattern.bytes, outside.bytes, ignoringCase: false)
    #expect(isBetween)
    #expect(!isOutside)
  }

  /// Forty stars over 4,000 bytes: exponential in a matcher that tries every star again.
  @Test(.timeLimit(.minutes(1))) func staysPolynomial() {
    let pattern = String(repeating: "a*", count: 40) + "b"
    let text = String(repeating: "a", count: 4000)
    #expect(!verdict(pattern, text, ignoringCase: false))
  }

  private func verdict(_ pattern: String, _ text: String, ignoringCase: Bool) -> Bool {
    globMatches(pattern: ascii(pattern).bytes, ascii(text).bytes, ignoringCase: ignoringCase)
  }

  /// Pattern, text, verdict minding case, verdict ignoring case.
  private static let table = #"""
    * -[z-[ 11
    * -aca 11
    * Bb]^\ 11
    * Z^cba 11
    * [[aa^ 11
    * ]--a\ 11
    * ^Z[cB 11
    * aZb] 11
    * b^cZ^ 11
    * bc\- 11
    * bz^a 11
    * cB[-Z 11
    * z^b-a 11
    * za-[ 11
    * zz] 11
    ] Za[ 00
    ** ^abc 11
    ** abBB 11
    *B b\^-b 01
    *B cab 01
    *Z []z 01
    *\ aa[ 00
    *a zbzZa 11
    *b ^aB 01
    -* \ 00
    ?* ]\[Z 11
    ?* zcac 11
    ?^ ^Z 00
    B* ba 01
    B* baa 01
    Z* Za-B[ 11
    Z* zBZ 01
    Z* z\aac 01
    ][ aaacb 00
    a] a 00
    aa -cc- 00
    aa B[cac 00
    b? Bc 01
    bb BB 01
    c* c- 11
    c* zaZ 00
    cB \c[z[ 00
    c\ z 00
    zb [B 00
    **Z ^ 00
    **a ^a 11
    *?a [c-a 11
    *[[ z 00
    *ab Z]\aB 01
    *c* Z]cz 11
    *z* BB-Z 01
    *zc acZc 01
    ?-- a[Z 00
    ?a- \ 00
    [*] \\zc 00
    [-z Z 01
    [Z] Z 11
    \]a --] 00
    \z* z^czb 11
    ][b ]B 01
    a*[ -BaB- 00
    b** B- 01
    b-* B-[ca 01
    b-[  00
    ba* ba 11
    cbb \ 00
    *Z*z zbcZ 01
    *[B[ azaab 01
    *[Bc [b 01
    *[Za a-Z-z 01
    *[^\ Z 11
    *[b* cBB 01
    *[b^ [^^ 11
    *][- zZ 00
    -??B -\zb 01
    -cz* a^ 00
    [*Z[ [ 11
    [?az Z 01
    [B-a ] 10
    [B-a a 10
    [[?B B 11
    [caB b 01
    [za^  00
    b*z* Bc]Za 01
    c^[a za[ 00
    *-\bz [][ 00
    *[^bb \BZ-^ 11
    *[a\* ab-a 11
    -[c-B -Z 10
    Z\z\\ ]cZ]z 00
    [*b-B ] 10
    [-[-? B 10
    [B*]B cZB] 00
    [[B-a \ 10
    [][[[ BZb 00
    [^a*z [ 11
    [^aaz Z 10
    [a-B? ^ 10
    [b-B* ] 10
    [b[-Z Z 10
    [z[bb z 11
    \az?^  00
    a?b[B -[ab 00
    a[?\[  00
    a][]B ] 00
    **[?-Z a[ 01
    **[^zc zz[Z 10
    *?[?-\ -bBB 10
    *?[^bZ aaaz 10
    *[Bc[Z z 01
    *[[B-z Z^ 10
    *[^*[- ^aB 11
    *[^z^c aBzaZ 10
    *[z*Ba zZ 01
    *[zBZ] \\b 01
    ?*[z?a bbaaa 11
    ?*[zcZ aB]a^ 00
    Z[^-z* z] 01
    Z^b*?c ab\^[ 00
    [*-[*\ B 10
    [*Bz-B a 10
    [-B--^ b 01
    [BBcaa a 11
    [Z-*bB z 01
    [[*-^? Z 10
    [[c?*b B 01
    [^[zB\ Z 10
    [^^ZB^ z 10
    [^zZ** \ 11
    [a*[b[ B 01
    [a-ZB^ [ 10
    [aZ-aB [ 10
    [abz-B ] 10
    [bb?Bc B 11
    [czz-a z 11
    [z[*\a z 11
    b**bZa - 00
    b[^b[* ZaZ-B 00
    c*[Z[[ c\az 01
    c[zZa^ ]\\^ 00
    **[bczc B 01
    *B[-ba[ z\-ba 01
    *[*B-a\ zca 10
    *[Z-]** z[a\ 10
    *[Zb*ba -a[]a 11
    *[[a\\* z\ 11
    *[^b*b* B 10
    *[a^^-? B 10
    *[b-?b] zzZ 10
    *[c^?a^  00
    *[z?B-^ [zaB 10
    *][-?aB aa]b 01
    ?[[--^b ZZ 10
    ?b]*\]* Zb]a] 11
    B*[aZca B 00
    [**-\*[ [ 11
    [*Z[c-[ B 01
    [?[-a^[  00
    [?aaazB b 01
    [B-bbB] [ 10
    [B?*b\] ] 11
    [Bb[^a] a 11
    [ZaZ-[* z 01
    [[--*]* B\\]a 10
    [[Zz-Z[ a 10
    [^b*\Z\ B 10
    [aa*^-z Z 01
    [ab]*Bb c\^z 00
    ]b[czZz ]^c 00
    ^*[ZZ[Z ^z 01
    ^-^\z** Bz 00
    a*-^?-] [\a 00
    ab^aaB] a 00
    bb[\z[] ca 00
    za*\b*z ZaB\z 01
    ***[?Z-* Bz[ 01
    **[BBZcb c]z 01
    **][zaa* B]Z 01
    *?[cc-B? ][ 10
    *Zaab^\[ [z 00
    *[*[aB-z \^ 10
    *[*a-*aB aZa[Z 10
    *[^?a\z] BB-Z 11
    *[z[?zz* [[ 11
    *\b[B\a\ ^Bb 01
    ?*[Z-[cz ^\][[ 10
    [***ZB-z a 10
    [**c[bza z 11
    [*Z-z\?- ] 10
    [-*[Z-c^ ] 10
    [--^*c[c B 10
    [-c-zz?[ [z-]\ 00
    [-zba-[B Z 01
    [?-a^^[? ] 11
    [Zz*BbzB [bcb 00
    [[-]**[[  00
    [[[Z*^\- z 01
    [[[b*[** B 01
    [[a*-c\* B 11
    [[azaB-c \ 10
    [[babZ-c ] 10
    [\z[^[c\ \ 11
    [^*Zaa-[ z 10
    [b-Za?ca ] 10
    \[[Z^aBc - 00
    b[Za[-^c Bc 01
    c[*a*B-a c] 10
    c[^zB*bc cZ 10
    c]ab[z^z  00
    z[**bzZ- zB 01
    z[*-^?[[ ac\b 00
    *Zzc[bzZ*  00
    *[?-aaaa? [Z 10
    *[ZB-*ZZ* --cz^ 01
    *[Z[\?--* az 01
    *[\[B*-ba \^Z 10
    *[^[z*bc] ]Z 10
    *[b^[ccc[ ^ 11
    *\[*[*a[b - 00
    ?*[?z*-Z* \b[b 01
    ?[*-zB*\* Zc 11
    [*[^^Z-zz a 10
    [*\*-*?\c - 11
    [-?aaa-B] Z 10
    [B?bca*-c [ 11
    [[-a^B-Za b 01
    [[[-?a[a? Z 10
    [[[aa\?z^  00
    [[a-][b[] [ 11
    [\azb-a*\ B 01
    [^*z-a^\Z B 10
    [a*ab[-** Z 10
    [aB-a-b*c Z 10
    [c?ba-**b Z 10
    [zcz-B-[[ \ 10
    a-zz?a-[z  00
    acc]?^acz a[Ba\ 00
    b*[z[-*[a b^ZB 10
    cab--]Z\? -^ 00
    z*[^b-?[c zzaZ 01
    """#
}
