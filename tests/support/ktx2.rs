//! KTX2 pictures made by code: UASTC, each block of four by four pixels in one colour.

/// A picture with as many levels as colours are given; each level is painted by its function of the block's column and
/// row. `size` must be a power of two from 4.
pub fn ktx2(size: u32, levels: &[&dyn Fn(u32, u32) -> [u8; 4]]) -> Vec<u8> {
    let descriptor_at = 80 + 24 * levels.len();
    let mut at = (descriptor_at + 44).next_multiple_of(16);
    let mut file = b"\xABKTX 20\xBB\r\n\x1A\n".to_vec();
    // Undefined format, bytes, width, height, depth, layers, faces, levels, no supercompression; then the descriptor.
    let head = [0, 1, size, size, 0, 0, 1, levels.len() as u32, 0, descriptor_at as u32, 44, 0, 0, 0, 0, 0, 0];
    head.iter().for_each(|word: &u32| file.extend(word.to_le_bytes()));
    let mut data = Vec::new();
    for (level, paint) in levels.iter().enumerate() {
        let blocks = (size >> level).div_ceil(4);
        let bytes: Vec<u8> =
            (0..blocks * blocks).flat_map(|block| solid(paint(block % blocks, block / blocks))).collect();
        [at as u64, bytes.len() as u64, bytes.len() as u64].iter().for_each(|word| file.extend(word.to_le_bytes()));
        at += bytes.len();
        data.extend(bytes);
    }
    // One sample, RGBA (channel 3), of the colour model UASTC (166), primaries sRGB, transfer linear, blocks of 4 by 4.
    let descriptor: [u32; 11] =
        [44, 0, 2 | 40 << 16, 166 | 1 << 8 | 1 << 16, 3 | 3 << 8, 16, 0, 3 << 24 | 127 << 16, 0, 0, u32::MAX];
    descriptor.iter().for_each(|word| file.extend(word.to_le_bytes()));
    file.resize((descriptor_at + 44).next_multiple_of(16), 0);
    file.extend(data);
    file
}

/// A block of UASTC's mode 8: five bits of mode, four bytes of colour, and the same colour as ETC1 would have it.
fn solid([r, g, b, a]: [u8; 4]) -> [u8; 16] {
    let color = u128::from(r) | u128::from(g) << 8 | u128::from(b) << 16 | u128::from(a) << 24;
    // One base colour of five bits a channel, the weakest modifiers, of these the small positive one.
    let [r, g, b] = [r, g, b].map(|channel| u128::from(channel >> 3));
    let etc1 = 1 | 2 << 4 | r << 6 | g << 11 | b << 16;
    (0b10111 | color << 5 | etc1 << 37).to_le_bytes()
}
