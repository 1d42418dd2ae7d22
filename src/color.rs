//! Linear light, sRGB and the tone curve; the twin of `shaders/present.wgsl` on the processor.
