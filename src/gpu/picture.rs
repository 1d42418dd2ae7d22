//! A frame as pixels in memory, for tools and tests. In a browser the canvas itself is asked.

use crate::{
    gpu::{Alpha, Error, Gpu, Output},
    scene::frame::Frame,
};

const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

impl Gpu {
    /// Draws the frame and waits for it: rows from the top, RGBA, a byte each, sRGB.
    ///
    /// # Errors
    /// The picture is larger than the card can draw, or the card was lost.
    pub fn render_to_pixels(&mut self, frame: &Frame, width: u32, height: u32, alpha: Alpha) -> Result<Vec<u8>, Error> {
        if width == 0 || height == 0 {
            return Ok(Vec::new());
        }
        self.targets.fit(&self.device, [width, height], self.longest_side)?;
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("picture"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let view = texture.create_view(&Default::default());
        self.occlusions.at_once = true;
        self.render(frame, &Output { view: &view, format: FORMAT, width, height, flip_y: false, alpha })?;
        self.read(&texture)
    }

    fn read(&self, texture: &wgpu::Texture) -> Result<Vec<u8>, Error> {
        let row = (texture.width() * 4) as usize;
        let padded_row = row.next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT as usize);
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("read back"),
            size: (padded_row * texture.height() as usize) as u64,
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let layout =
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(padded_row as u32), rows_per_image: None };
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo { buffer: &buffer, layout },
            texture.size(),
        );
        self.queue.submit([encoder.finish()]);
        buffer.map_async(wgpu::MapMode::Read, .., |_| {});
        let lost = |reason: &dyn std::fmt::Display| {
            Error::new("gpu-lost", format!("The graphics card gave no picture back ({reason}). Try again."))
        };
        self.device.poll(wgpu::PollType::wait_indefinitely()).map_err(|error| lost(&error))?;
        let bytes = buffer.get_mapped_range(..).map_err(|error| lost(&error))?;
        Ok(bytes.chunks(padded_row).flat_map(|padded| padded.iter().take(row).copied()).collect())
    }
}
