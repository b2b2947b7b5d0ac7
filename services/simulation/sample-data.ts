/**
 * What customers buy, search for, are called, and where they live. All ASCII. A change of any entry or of their order
 * changes what a seed writes.
 */

/** An article of the shop. */
export interface Product {
  /** At most 40 characters, without double quotes. */
  readonly name: string;
  /** In euro cents. */
  readonly price: number;
}

/** The entries of a text, which stand one or several to the line with ` / ` between them. */
const entries = (text: string): string[] => text.trim().split(/\s+\/\s+|\s*\n\s*/);
/** Names in rows of equal length, one for each origin. */
const rows = (...texts: readonly string[]): string[][] => texts.map((text) => text.trim().split(/\s+/));

/** From a price in euros, a space and a name. */
function product(entry: string): Product {
  const end = entry.indexOf(' ');
  return { name: entry.slice(end + 1), price: Number(entry.slice(0, end).replace('.', '')) };
}

/** The range: two house brands, Hovenbo and Fennmark, and goods without a brand. */
export const products: readonly Product[] = [
  // Kitchen
  `
  8.95 Stoneware mug 350 ml, blue / 8.95 Stoneware mug 350 ml, sand / 29.95 Porcelain dinner plates, set of 4
  24.95 Stoneware bowls 16 cm, set of 4 / 39.95 Cast iron skillet 26 cm / 79.00 Enamelled casserole 4.5 l, red
  34.95 Non-stick frying pan 28 cm / 89.95 Hovenbo saucepan set, 3 pieces / 49.95 Chef's knife 20 cm
  14.95 Paring knife 9 cm / 27.95 Bread knife 22 cm, olive wood / 19.95 Acacia chopping board 38 cm
  12.95 Kitchen scale 5 kg, digital / 34.95 Moka pot, 6 cups / 29.95 French press 1 l, steel
  44.95 Burr coffee grinder, manual / 49.95 Electric kettle 1.7 l, matt black / 59.95 Hovenbo toaster, 2 slices
  64.95 Hand blender 800 W with whisk / 119.00 Stand mixer 4.3 l, cream / 99.95 Air fryer 5.5 l
  9.95 Silicone spatula, set of 3 / 7.95 Balloon whisk 25 cm / 16.95 Mixing bowls, steel, set of 3
  13.95 Springform tin 24 cm / 11.95 Muffin tin, 12 cups / 18.95 Glass storage jars 1 l, set of 3
  24.95 Food containers, glass, set of 5 / 17.95 Salad spinner 4 l / 12.50 Box grater, 4 sides
  6.95 Vegetable peeler, steel / 14.95 Wine glasses 450 ml, set of 4 / 9.95 Water carafe 1 l
  22.95 Insulated bottle 500 ml, green / 26.95 Insulated bottle 750 ml, steel / 19.95 Lunch box, 2 compartments
  9.90 Linen tea towels, set of 3 / 15.95 Cotton apron, dark grey / 8.50 Oven glove, quilted
  29.95 Hovenbo spice rack, 12 jars`,
  // Home
  `
  59.95 Wool throw 130 x 180 cm, grey / 24.95 Cushion cover 50 x 50 cm, rust / 12.95 Cushion filling 50 x 50 cm
  49.95 Duvet cover 140 x 200 cm, white / 79.95 Duvet cover 240 x 220 cm, sage / 69.95 All-season duvet 140 x 200 cm
  29.95 Fitted sheet 160 x 200 cm, white / 34.95 Memory foam pillow / 89.00 Mattress topper 160 x 200 cm
  14.95 Bath towel 70 x 140 cm, navy / 9.95 Hand towels 50 x 100 cm, set of 2 / 19.95 Bath mat 60 x 90 cm, white
  17.95 Shower curtain 180 x 200 cm / 12.95 Soap dispenser, ceramic / 24.95 Laundry basket 60 l, seagrass
  21.95 Clothes airer, foldable / 39.95 Hovenbo table lamp, linen shade / 69.95 Floor lamp, oak tripod
  44.95 Pendant lamp 35 cm, black / 8.95 LED bulb E27 8 W, warm white, 2-pack / 27.95 Wall clock 30 cm, oak
  16.95 Picture frame 30 x 40 cm, black / 13.95 Scented candle 200 g, cedar / 6.95 Tealights, 50 pieces
  22.95 Ceramic vase 25 cm, white / 54.95 Mirror, round 60 cm / 129.00 Jute rug 160 x 230 cm
  18.95 Doormat 45 x 75 cm, coir / 36.95 Coat rack, 5 hooks, oak / 84.95 Shoe rack, bamboo, 3 tiers
  49.95 Hovenbo side table 45 cm / 32.95 Storage boxes with lid, set of 3 / 23.95 Blackout curtain 140 x 245 cm
  11.95 Clothes hangers, beech, 10-pack / 15.95 Draught excluder 90 cm`,
  // Outdoor
  `
  129.00 Fennmark tent, 2 persons / 89.95 Sleeping bag -5 C / 59.95 Inflatable sleeping mat
  24.95 Camping stove, gas / 34.95 Camping cookware, 6 pieces / 19.95 Headlamp 300 lm, rechargeable
  12.95 Dry bag 20 l, orange / 69.95 Fennmark day pack 25 l / 109.95 Trekking backpack 55 l
  39.95 Trekking poles, aluminium, pair / 29.95 Folding camping chair / 44.95 Folding camping table
  17.95 Picnic blanket 200 x 200 cm / 42.95 Cool box 24 l / 9.95 Enamel mug 400 ml, forest green
  14.95 Pocket knife, 8 functions / 27.95 Hammock with straps / 49.95 Bicycle lights, front and rear, USB
  34.95 Bicycle pump with gauge / 29.95 Bicycle lock 110 cm, 8 mm / 54.95 Bicycle helmet M, matt white
  39.95 Pannier bag 20 l, waterproof / 22.95 Yoga mat 6 mm, teal / 16.95 Resistance bands, set of 5
  24.95 Skipping rope with counter / 18.95 First aid kit, 60 pieces / 9.95 Emergency blanket, 2-pack
  13.95 Water bottle 1 l, BPA-free / 21.95 Compact binoculars 8 x 21 / 15.95 Compass with mirror`,
  // Electronics accessories
  `
  34.95 USB-C charger 65 W / 19.95 USB-C charger 20 W / 12.95 USB-C cable 2 m, braided / 9.95 USB-C cable 1 m
  14.95 HDMI cable 3 m, 4K / 39.95 USB-C hub, 7 ports / 29.95 Power bank 10000 mAh / 44.95 Power bank 20000 mAh
  24.95 Wireless charging pad 15 W / 17.95 Car charger, 2 ports / 22.95 Phone holder for cars
  19.95 Phone case, clear, 6.1 inch / 12.95 Screen protector 6.1 inch, 2-pack / 27.95 Tablet sleeve 11 inch, felt
  32.95 Laptop sleeve 14 inch, grey / 36.95 Laptop stand, aluminium / 24.95 Wireless mouse, silent
  59.95 Wireless keyboard, compact / 89.95 Mechanical keyboard, brown switches / 14.95 Mouse pad 80 x 30 cm
  49.95 Webcam 1080p with cover / 79.95 Headphones, over-ear, wireless / 49.95 Earbuds with charging case
  15.95 Earphones, wired, USB-C / 54.95 Wireless speaker, waterproof / 16.95 Memory card 128 GB
  18.95 USB stick 128 GB / 94.95 Portable SSD 1 TB / 21.95 Power strip, 6 sockets, 3 m / 26.95 Smart plug, 2-pack
  11.95 Travel adapter, worldwide / 13.95 AA batteries, rechargeable, 4-pack / 23.95 Battery charger with display
  9.95 Cable organiser, 10 clips / 42.95 Desk microphone, USB`,
  // Clothing
  `
  49.95 Merino base layer M / 49.95 Merino base layer L / 119.95 Waterproof jacket S, navy
  119.95 Waterproof jacket L, navy / 129.95 Fennmark down jacket M, black / 79.95 Fleece jacket M, anthracite
  89.95 Softshell jacket L, olive / 69.95 Hiking trousers 32/32 / 59.95 Chinos 34/32, beige
  69.95 Slim jeans 32/34, dark blue / 19.95 Organic cotton T-shirt M, white / 19.95 Organic cotton T-shirt L, black
  39.95 Linen shirt L, light blue / 44.95 Oxford shirt M, white / 54.95 Wool jumper M, moss
  64.95 Cardigan L, charcoal / 49.95 Hooded sweatshirt M, grey / 34.95 Jogging trousers L, black
  14.95 Hiking socks 39-42, 2 pairs / 12.95 Cotton socks 43-46, 5 pairs / 24.95 Boxer shorts M, 3-pack
  27.95 Thermal leggings S / 22.95 Knitted hat, wool, grey / 29.95 Lambswool scarf, check
  24.95 Touchscreen gloves M / 34.95 Leather belt 95 cm, brown / 39.95 Rain poncho, one size
  29.95 Running shirt M, coral / 37.95 Running shorts L, black / 17.95 Baseball cap, navy
  99.95 Fennmark hiking boots 42 / 99.95 Fennmark hiking boots 39 / 59.95 Canvas trainers 41, white
  34.95 Felt slippers 40, grey / 44.95 Rubber boots 38, green / 29.95 Swim shorts L, navy`,
  // Office
  `
  12.95 Notebook A5, dotted, 192 pages / 9.95 Notebook A4, ruled, 2-pack / 14.95 Weekly planner A5, undated
  7.95 Gel pens, black, 10-pack / 11.95 Fineliners, 12 colours / 8.95 Whiteboard markers, 6 colours
  39.95 Whiteboard 60 x 90 cm, magnetic / 16.95 Document tray, 3 levels / 6.95 Lever arch files A4, 3-pack
  24.95 Printer paper A4, 2500 sheets / 5.95 Sticky notes 76 x 76 mm, 6-pack / 13.95 Stapler with 1000 staples
  49.95 LED desk lamp, dimmable / 189.00 Office chair with armrests, black / 249.00 Height-adjustable desk 120 cm
  29.95 Footrest, adjustable / 44.95 Monitor arm up to 27 inch / 34.95 Paper shredder, 6 sheets
  19.95 Desk pad 80 x 40 cm, leather look / 9.95 Pen holder, oak`,
  // Toys
  `
  34.95 Wooden train set, 40 pieces / 29.95 Building blocks, beech, 100 pieces
  14.95 Jigsaw puzzle 1000 pieces, harbour / 12.95 Jigsaw puzzle 100 pieces, farm
  24.95 Board game: The Spice Route / 9.95 Card game: Seven Foxes / 19.95 Chess set, folding, 30 cm
  22.95 Plush bear 40 cm / 17.95 Plush rabbit 30 cm, grey / 49.95 Balance bike 12 inch, wood
  39.95 Play kitchen accessories, wood / 16.95 Stacking rings, rainbow / 27.95 Marble run, 80 pieces
  21.95 Kite 160 cm / 11.95 Bath toys, boats, set of 4 / 8.95 Modelling clay, 12 colours
  13.95 Washable paints, 8 colours / 32.95 Science kit: crystals / 18.95 Walkie-talkies, pair
  59.95 Doll's house, wood / 15.95 Sandpit tools, 6 pieces`,
  // Garden
  `
  24.95 Pruning shears, bypass / 34.95 Hedge shears 55 cm / 29.95 Spade, ash handle / 27.95 Digging fork, ash handle
  19.95 Leaf rake, adjustable / 39.95 Garden hose 20 m, with fittings / 44.95 Lawn sprinkler, oscillating
  16.95 Watering can 10 l, zinc look / 12.95 Gardening gloves M / 14.95 Potting soil 40 l
  22.95 Terracotta pots 20 cm, set of 3 / 54.95 Raised bed, larch, 120 x 80 cm / 18.95 Plant trellis 180 cm
  9.95 Wildflower seeds, 50 sq m / 6.95 Cherry tomato seeds, organic / 26.95 Solar garden lights, 6-pack
  149.00 Charcoal grill 57 cm / 23.95 Grill tools, steel, 4 pieces / 79.95 Parasol 270 cm, sand
  32.95 Bird feeder, cedar / 8.95 Hand trowel, steel / 89.95 Wheelbarrow 80 l / 59.95 Compost bin 300 l`,
].flatMap((group) => entries(group).map(product));

/** What people type into the search field, the most frequent first. */
export const searches: readonly string[] = entries(`
  usb c charger / waterproof jacket / mug set / air fryer / power bank / water bottle / desk lamp / towels
  hiking boots / backpack / frying pan / headphones / duvet cover 240x220 / yoga mat / office chair / phone case
  usb c cable / rain jacket / tent / garden hose / coffee grinder / knife set / socks / laptop stand / merino
  standing desk / sleeping bag / kettle / pillow / wireless mouse / candles / notebook a5 / bluetooth speaker
  lunch box / chopping board / puzzle 1000 / picture frame / storage boxes / bike lights / gloves / kids gift
  blackout curtains / cast iron pan / earbuds / mechanical keyboard / shower curtain / headlamp / watering can
  wooden train / rug 160x230 / hdmi cable 3m / toaster / jeans / bath mat / led bulb e27 / board games
  wool blanket / day pack 25l / coat rack / glass jars / usb hub / camping chair / slippers / wine glasses
  secateurs / french press / bike lock / monitor arm / fleece / webcam / mattress topper / plant pots
  bed sheets 160x200 / hoodie / parasol / mirror round / regenjas / cushion covers / bike helmet / bbq tools
  t-shirt black / moka pot / travel adapter / raised bed / balance bike / cool box / printer paper
  rechargeable batteries / thermoskanne / bluethooth speaker / floor lamp / wateproof jacket / solar lights
  trekking poles / spice rack / ssd 1tb / chess / tea towels / screen protector / gift for dad / laundry basket
  raincoat women / food containers glass / usbc charger 65w / hand blender / cusion / rain boots 38 / matress topper
  marble run / desk / kaffeemuehle / vase / camping stove / memory card 128gb / stainles steel bottle
  dotted notebook / bird feeder / phone holder car / belt / doormat`);

/**
 * First names as mail addresses spell them, in rows by origin: Dutch, German, English, French, Portuguese, Polish,
 * Nordic, Turkish and Arabic.
 */
export const firstNames: readonly (readonly string[])[] = rows(
  `jan sanne pieter femke daan lotte jeroen marieke bas anouk thijs fleur ruben iris wouter maartje joost youssef
  koen tess`,
  `lukas johanna stefan katrin jonas lena markus sabine felix greta tobias heike matthias anja florian ulrike moritz
  svenja juergen pia`,
  `james emily oliver charlotte harry sophie george amelia callum priya david rachel liam megan arjun hannah rohan
  niamh edward zara`,
  `camille julien manon antoine chloe hugo pauline mathieu elodie romain ines guillaume celine karim nadia baptiste
  aurelie theo lea yanis`,
  `joao maria tiago beatriz miguel catarina nuno leonor rui mariana diogo rita pedro carolina goncalo filipa luis
  andreia vasco joana`,
  `piotr agnieszka tomasz katarzyna michal magdalena pawel ewa marcin zofia krzysztof kinga jakub aleksandra wojciech
  natalia bartosz dorota kacper ola`,
  `lars ingrid erik astrid mikkel freja anders linnea nils signe soeren maja henrik elin oskar sofie magnus kirsten
  jukka aino`,
  `mehmet ayse omar zeynep mustafa layla emre elif hassan amina burak fatma ibrahim selin yusuf samira tarek merve
  deniz can`,
);

/** Last names as mail addresses spell them, each row of the same origin as that of the first names. */
export const lastNames: readonly (readonly string[])[] = rows(
  `dejong jansen devries vandenberg vandijk bakker visser smit meijer deboer mulder degroot bos vos hendriks
  vanleeuwen dekker brouwer dewit dijkstra smits degraaf vandermeer kok vermeulen schouten vanbeek willems hoekstra
  elamrani`,
  `mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schaefer koch bauer richter wolf
  schroeder neumann schwarz zimmermann krueger hartmann lange krause lehmann koehler maier huber kaiser vogel
  winkler`,
  `smith jones taylor brown williams wilson johnson davies patel wright walker white roberts green hall wood harris
  clarke cooper hughes murphy kelly oconnor campbell stewart bennett sharma singh turner hill`,
  `martin bernard dubois durand moreau laurent lefebvre leroy roux morel fournier girard bonnet dupont lambert
  fontaine rousseau blanc garnier chevalier faure mercier benali haddad gauthier perrin renard lemaire marchand
  picard`,
  `silva santos ferreira pereira oliveira costa rodrigues martins sousa fernandes goncalves gomes lopes marques alves
  almeida ribeiro pinto carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha garcia`,
  `nowak wojcik kowalczyk wozniak mazur krawczyk kaczmarek krol wieczorek wrobel stepien pawlak walczak sikora baran
  duda szewczyk pietrzak marciniak zajac michalak lis kubiak wilk sobczak gajda klimek urban kozak cieslak`,
  `hansen johansen olsen larsen andersen nielsen jensen pedersen soerensen rasmussen christensen johansson andersson
  karlsson nilsson eriksson persson svensson lindberg lindqvist berg haugen dahl lund korhonen virtanen nieminen
  holm moen bergstroem`,
  `yilmaz kaya demir celik sahin yildiz oeztuerk aydin arslan dogan kilic aslan cetin kara koc kurt polat tekin
  mansour khalil hamdan saleh aziz nasser rahman idrissi aksoy bulut toprak guenes`,
);

/** Cities of Europe, roughly the largest first. */
export const cities: readonly string[] = entries(`
  London / Berlin / Madrid / Rome / Paris / Vienna / Hamburg / Warsaw / Amsterdam / Barcelona / Munich / Milan
  Prague / Budapest / Brussels / Cologne / Stockholm / Rotterdam / Lisbon / Copenhagen / Birmingham / Naples / Turin
  Marseille / Krakow / Frankfurt / Valencia / Zagreb / Oslo / Seville / Helsinki / Athens / Glasgow / Stuttgart
  Duesseldorf / Leipzig / Dublin / The Hague / Manchester / Dortmund / Gothenburg / Essen / Bremen / Riga / Vilnius
  Dresden / Antwerp / Hannover / Lyon / Nuremberg / Edinburgh / Toulouse / Poznan / Wroclaw / Gdansk / Bristol
  Bratislava / Tallinn / Zurich / Brno / Bologna / Utrecht / Florence / Nice / Nantes / Ljubljana / Graz / Aarhus
  Bergen / Ghent / Bordeaux / Eindhoven / Porto / Tampere / Groningen / Malmo / Linz / Odense / Braga / Leiden`);
