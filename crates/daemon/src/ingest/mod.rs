//! Takes TEKs in: reads each shape they come in, checks key by key, stores what is right.
