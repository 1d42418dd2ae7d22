//! The product in the shopper's room: states, placement, gestures. Plain numbers in, plain numbers out; knows no WebXR.
