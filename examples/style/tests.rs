use super::*;

#[test]
fn a_result_has_the_content_of_one_and_the_style_of_the_other() -> Result<(), String> {
    let mut net = Filters::new(2);
    let mut others = Filters::new(3);
    let mut random = Random::new(2);
    let content = content(0)?;
    let style = &paintings::styles(&mut random)[..1];
    let target = transfer::target(&mut net, &content, &style[0]);
    let mut noise = Picture::zeroed_box();
    paintings::noise(&mut noise, &mut random);
    let mut pictures = transfer::start(1, &mut random);
    transfer::paint(
        &mut net,
        &mut pictures,
        std::slice::from_ref(&target),
        &transfer::measure(1e-6, 1.0),
        60,
        |_, _, _| (),
    );

    let [no_content, of_content] = transfer::both(&mut net, &content, &target);
    let [of_style, no_style] = transfer::both(&mut net, &style[0], &target);
    let [of_noise, noisy] = transfer::both(&mut net, &noise, &target);
    let [content_loss, style_loss] = transfer::both(&mut net, &pictures[0], &target);
    assert_eq!([no_content, no_style], [0.0; 2]);
    assert!(content_loss < 0.8 * of_style && content_loss < 0.8 * of_noise, "{content_loss}, {of_style}, {of_noise}");
    assert!(style_loss < 0.1 * of_content && style_loss < 0.5 * noisy, "{style_loss}, {of_content}, {noisy}");

    let other_target = transfer::target(&mut others, &content, &style[0]);
    let [of_content, of_noise, found] =
        [&*content, &noise, &pictures[0]].map(|picture| transfer::both(&mut others, picture, &other_target)[1]);
    assert!(found < 0.2 * of_content && found < of_noise, "{found}, {of_content}, {of_noise} with other filters");
    Ok(())
}

#[test]
fn gradients_for_pixels_are_those_of_finite_differences() -> Result<(), String> {
    let mut net = Filters::new(4);
    let mut random = Random::new(4);
    let content = content(0)?;
    let styles = paintings::styles(&mut random);
    let target = transfer::target(&mut net, &content, &styles[0]);
    let measure = transfer::measure(1e-6, 1.0);
    let mut gradients = vec![0.0; Filters::PARAMS];
    let mut d_pictures = Picture::zeroed_vec(1);
    net.gradients_with_inputs(&styles[1..2], std::slice::from_ref(&target), &measure, &mut gradients, &mut d_pictures);
    assert!(gradients.iter().all(|&d| d == 0.0), "frozen filters have no gradients");

    // Along the gradient itself, where the difference is the largest that there is.
    let length = d_pictures[0].flat().iter().map(|d| d * d).sum::<f32>().sqrt();
    let mut total = |by: f32| {
        let mut moved = styles[1..2].to_vec();
        moved[0].flat_mut().iter_mut().zip(d_pictures[0].flat()).for_each(|(x, d)| *x += by * d / length);
        let [content, style] = transfer::both(&mut net, &moved[0], &target);
        1e-6 * content + style
    };
    let expected = (total(0.05) - total(-0.05)) / 0.1;
    assert!((length - expected).abs() < 0.01 * expected, "{length}, expected {expected}");
    Ok(())
}

#[test]
fn pictures_are_shown_as_they_were() {
    let mut picture = Picture::zeroed_box();
    paintings::noise(&mut picture, &mut Random::new(1));
    for (x, shown) in picture.flat().iter().zip(transfer::shown(&picture).flat()) {
        assert!((transfer::seen(*shown) - x).abs() < 1e-6 && (0.0..=1.0).contains(shown));
    }
}
