//! What a ray meets, on shapes whose answer is known.

#[path = "support/shapes.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod shapes;

use shapes::{add, alone, ball, card, matt};
use vitrine::math::{Affine3A, Quat, Ray, Vec2, Vec3};
use vitrine::model::{Material, Model, MorphTarget, Node, Primitive};
use vitrine::scene::frame::ModelId;
use vitrine::scene::{Hit, Item};

fn pick(model: &Model, origin: Vec3, direction: Vec3) -> Option<Hit> {
    Item::new(1, ModelId(1), model).pick(model, Ray { origin, direction: direction.normalize() })
}

fn near(a: Vec3, b: Vec3) -> bool {
    a.distance(b) < 1e-5
}

#[test]
fn a_card_is_met_at_its_point_with_its_normal_and_coordinates() {
    let model = alone(card(1.0), matt(1.0, 1.0, 1.0));
    let hit = pick(&model, Vec3::new(0.5, 0.25, 3.0), -Vec3::Z).expect("a hit");
    assert!(near(hit.position, Vec3::new(0.5, 0.25, 0.0)) && near(hit.normal, Vec3::Z), "{hit:?}");
    assert_eq!((hit.distance, hit.uv), (3.0, Some(Vec2::new(0.75, 0.375))));
    assert_eq!(pick(&model, Vec3::new(1.5, 0.0, 3.0), -Vec3::Z), None, "beside it");
    assert_eq!(pick(&model, Vec3::new(0.0, 0.0, 3.0), Vec3::Z), None, "behind the ray");
}

#[test]
fn backs_are_met_only_where_they_are_drawn() {
    let back = (Vec3::new(0.2, 0.2, -2.0), Vec3::Z);
    assert_eq!(pick(&alone(card(1.0), matt(1.0, 1.0, 1.0)), back.0, back.1), None);
    let both = Material { double_sided: true, ..Material::default() };
    let hit = pick(&alone(card(1.0), both), back.0, back.1).expect("a hit");
    assert!(near(hit.normal, -Vec3::Z), "towards the one who looks: {:?}", hit.normal);
}

#[test]
fn of_two_the_nearer_is_met_and_behind_a_hidden_one_the_other() {
    let mut model = Model::default();
    add(&mut model, card(1.0), Material::default(), Affine3A::IDENTITY);
    add(&mut model, ball(0.5), Material::default(), Affine3A::from_translation(Vec3::new(0.0, 0.0, 2.0)));
    let mut item = Item::new(1, ModelId(1), &model);
    let ray = Ray { origin: Vec3::new(0.0, 0.01, 5.0), direction: -Vec3::Z };
    let node =
        |item: &Item| item.pick(&model, ray).map(|hit| (item.parts()[hit.part].node, (hit.distance * 10.0).round()));
    assert_eq!(node(&item), Some((1, 25.0)));
    item.set_node_visible(1, false);
    assert_eq!(node(&item), Some((0, 50.0)));
    item.set_node_visible(0, false);
    assert_eq!(node(&item), None);
}

#[test]
fn places_turn_stretch_and_mirror() {
    // Laid flat, three times as wide, and mirrored: the front still faces up.
    let place = Affine3A::from_scale_rotation_translation(
        Vec3::new(-3.0, 1.0, 1.0),
        Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2),
        Vec3::new(0.0, 0.5, 0.0),
    );
    let mut model = Model::default();
    add(&mut model, card(1.0), Material::default(), place);
    let hit = pick(&model, Vec3::new(2.7, 4.0, 0.5), -Vec3::Y).expect("within the stretched card");
    assert!(near(hit.position, Vec3::new(2.7, 0.5, 0.5)) && near(hit.normal, Vec3::Y), "{hit:?}");
    assert!((hit.distance - 3.5).abs() < 1e-5, "in metres of the product: {}", hit.distance);
    // A slope under an uneven scale: only the inverse transpose keeps the normal upright on the surface.
    let slope =
        Affine3A::from_scale(Vec3::new(1.0, 2.0, 1.0)) * Affine3A::from_rotation_x(-std::f32::consts::FRAC_PI_4);
    let mut model = Model::default();
    add(&mut model, card(1.0), Material::default(), slope);
    let hit = pick(&model, Vec3::new(0.0, 5.0, 0.0), -Vec3::Y).expect("a hit");
    assert!(near(hit.normal, Vec3::new(0.0, 1.0, 2.0).normalize()), "{:?}", hit.normal);
}

#[test]
fn a_ball_is_met_where_it_is_round() {
    let model = alone(ball(1.0), Material::default());
    for (x, y) in [(0.0, 0.0), (0.5, 0.3), (-0.7, 0.4), (0.1, -0.9)] {
        let hit = pick(&model, Vec3::new(x, y, 4.0), -Vec3::Z).expect("a hit");
        let on_ball = Vec3::new(x, y, (1.0 - x * x - y * y).sqrt());
        assert!(hit.position.distance(on_ball) < 0.02 && hit.normal.dot(on_ball) > 0.99, "{hit:?} is not {on_ball}");
    }
    assert_eq!(pick(&model, Vec3::new(0.8, 0.8, 4.0), -Vec3::Z), None, "its box's corner is empty");
}

#[test]
fn what_morph_targets_move_is_met_where_it_went() {
    let raised = MorphTarget { positions: vec![Vec3::Z; 4], ..MorphTarget::default() };
    let mut model = alone(Primitive { targets: vec![raised], ..card(1.0) }, Material::default());
    model.meshes[0].weights = vec![0.0];
    model.nodes[0] = Node { weights: vec![0.5], ..model.nodes[0].clone() };
    let hit = pick(&model, Vec3::new(0.0, 0.1, 3.0), -Vec3::Z).expect("a hit");
    assert!((hit.distance - 2.5).abs() < 1e-5, "{hit:?}");
}

#[test]
fn copies_are_met_each() {
    let mut model = alone(card(0.4), Material::default());
    model.nodes[0].instances = (0..3).map(|x| Affine3A::from_translation(Vec3::X * x as f32)).collect();
    for x in 0..3 {
        assert!(pick(&model, Vec3::new(x as f32 + 0.1, 0.1, 1.0), -Vec3::Z).is_some(), "copy {x}");
    }
    assert_eq!(pick(&model, Vec3::new(0.5, 0.0, 1.0), -Vec3::Z), None, "between two");
}

#[test]
fn broken_shapes_and_rays_meet_nothing() {
    let empty = alone(Primitive::default(), Material::default());
    assert_eq!(pick(&empty, Vec3::Z, -Vec3::Z), None);
    let model = alone(card(1.0), Material::default());
    let item = Item::new(1, ModelId(1), &model);
    assert_eq!(item.pick(&model, Ray { origin: Vec3::Z, direction: Vec3::ZERO }), None);
    assert_eq!(item.pick(&model, Ray { origin: Vec3::NAN, direction: -Vec3::Z }), None);
}

/// A hundred thousand triangles must answer before a shopper's finger has left the screen.
#[test]
fn many_triangles_are_searched_in_time() {
    let mut model = Model::default();
    let ball = ball(1.0);
    let balls = 100_000 / ball.triangle_count() + 1;
    for number in 0..balls {
        add(&mut model, ball.clone(), Material::default(), Affine3A::from_translation(-Vec3::Z * number as f32));
    }
    let item = Item::new(1, ModelId(1), &model);
    let start = std::time::Instant::now();
    let hit = item.pick(&model, Ray { origin: Vec3::new(0.1, 0.1, 5.0), direction: -Vec3::Z });
    println!("{} triangles: {:.2} ms", model.triangle_count(), start.elapsed().as_secs_f64() * 1000.0);
    assert!(hit.is_some_and(|hit| hit.part == 0));
}
