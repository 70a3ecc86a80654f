//! Ways in which a signature isn't DER, or its numbers aren't those of a signature, as Wycheproof collects them.

/// The order of P-256 (SEC 2, 2.4.2).
const N: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// An element whose length fits one byte.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    [&[tag, contents.len() as u8], contents].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// Every malformed signature, with its name, made of one whose r and s both begin with a set bit.
pub(crate) fn malformed(r: [u8; 32], s: [u8; 32]) -> Vec<(&'static str, Vec<u8>)> {
    assert!(r[0] >= 0x80 && s[0] >= 0x80, "so that each needs a zero before it");
    let positive = |number: &[u8]| [&[0], number].concat();
    let int = |contents: &[u8]| element(0x02, contents);
    let (good_r, good_s) = (int(&positive(&r)), int(&positive(&s)));
    let body = [good_r.as_slice(), &good_s].concat();
    let good = element(0x30, &body);
    let length = body.len() as u8;
    let with_r = |r: &[u8]| sequence(&[r, &good_s]);
    let with_s = |s: &[u8]| sequence(&[&good_r, s]);
    let mut minus_one_short = good.clone();
    minus_one_short[1] -= 1;
    let mut one_long = good.clone();
    one_long[1] += 1;
    vec![
        ("empty", vec![]),
        ("a tag alone", vec![0x30]),
        ("r and s side by side", [r, s].concat()),
        ("length in long form, one byte", [&[0x30, 0x81, length], body.as_slice()].concat()),
        ("length in long form, two bytes", [&[0x30, 0x82, 0, length], body.as_slice()].concat()),
        ("length in long form, five bytes", [&[0x30, 0x85, 0, 0, 0, 0, length], body.as_slice()].concat()),
        (
            "length beyond memory",
            [&[0x30, 0x88, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], body.as_slice()].concat(),
        ),
        ("reserved length", [&[0x30, 0xff], body.as_slice()].concat()),
        ("indefinite length", [&[0x30, 0x80], body.as_slice(), &[0, 0]].concat()),
        ("indefinite length without an end", [&[0x30, 0x80], body.as_slice()].concat()),
        ("length one short", minus_one_short),
        ("length one long", one_long),
        ("no contents", vec![0x30, 0]),
        ("cut off by a byte", good[..good.len() - 1].to_vec()),
        ("cut off after r", good[..2 + good_r.len()].to_vec()),
        ("a byte after the sequence", [good.as_slice(), &[0]].concat()),
        ("a NULL after the sequence", [good.as_slice(), &[5, 0]].concat()),
        ("the signature twice", [good.as_slice(), &good].concat()),
        ("a byte before the sequence", [&[0], good.as_slice()].concat()),
        ("a NULL after s", sequence(&[&good_r, &good_s, &[5, 0]])),
        ("a third integer", sequence(&[&good_r, &good_s, &good_s])),
        ("a zero after s", sequence(&[&good_r, &good_s, &[0]])),
        ("no s", sequence(&[&good_r])),
        ("a sequence in a sequence", element(0x30, &good)),
        ("a sequence in an octet string", element(0x04, &good)),
        ("a set", element(0x31, &body)),
        ("a primitive sequence", element(0x10, &body)),
        ("a context tag", element(0xa0, &body)),
        ("a tag in long form", [&[0x3f, 0x10, length], body.as_slice()].concat()),
        ("r in long form", with_r(&[&[0x02, 0x81, 33, 0], r.as_slice()].concat())),
        ("s in long form", with_s(&[&[0x02, 0x81, 33, 0], s.as_slice()].concat())),
        ("r of indefinite length", with_r(&[&[0x02, 0x80, 0], r.as_slice(), &[0, 0]].concat())),
        ("r with a needless zero", with_r(&int(&[&[0, 0], r.as_slice()].concat()))),
        ("s with a needless zero", with_s(&int(&[&[0, 0], s.as_slice()].concat()))),
        ("r with many zeros", with_r(&int(&[[0; 20].as_slice(), &r].concat()))),
        ("r without the zero, so negative", with_r(&int(&r))),
        ("s without the zero, so negative", with_s(&int(&s))),
        ("r with ones before it", with_r(&int(&[&[0xff], r.as_slice()].concat()))),
        ("r minus one", with_r(&int(&[0xff]))),
        ("s minus one", with_s(&int(&[0xff]))),
        ("r without contents", with_r(&int(&[]))),
        ("s without contents", with_s(&int(&[]))),
        ("r zero", with_r(&int(&[0]))),
        ("s zero", with_s(&int(&[0]))),
        ("both zero", sequence(&[&int(&[0]), &int(&[0])])),
        ("r the order", with_r(&int(&positive(&N)))),
        ("s the order", with_s(&int(&positive(&N)))),
        ("r the greatest of 256 bits", with_r(&int(&positive(&[0xff; 32])))),
        ("s the greatest of 256 bits", with_s(&int(&positive(&[0xff; 32])))),
        ("r of 264 bits", with_r(&int(&[&[1], r.as_slice()].concat()))),
        ("s of 264 bits", with_s(&int(&[&[1], s.as_slice()].concat()))),
        ("r an octet string", with_r(&element(0x04, &positive(&r)))),
        ("s a bit string", with_s(&element(0x03, &positive(&s)))),
        ("r a boolean", with_r(&element(0x01, &[0xff]))),
        ("r an enumerated", with_r(&element(0x0a, &positive(&r)))),
        ("r constructed", with_r(&element(0x22, &positive(&r)))),
        ("r a NULL", with_r(&[5, 0])),
        ("r the real number 0.25", with_r(&[0x09, 3, 0x80, 0xfe, 1])),
        ("s the real number infinity", with_s(&[0x09, 1, 0x40])),
        ("r a text", with_r(&element(0x0c, b"0"))),
        ("r an empty sequence", with_r(&[0x30, 0])),
        ("r's length beyond the end", with_r(&[&[0x02, 0x7f, 0], r.as_slice()].concat())),
    ]
}
