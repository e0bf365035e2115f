"""The 1,024 words people compare aloud or on paper: ten bits each.

Four to six letters, plain British English, no two that sound alike, any two at least two letters apart and no two
with the same first four letters, so that a word misheard or badly written is still the word that was meant. The
list is part of the format: changing one word changes what every printed letter and slip says.
"""

_TEXT = """
abbey acorn actor advice agent ahead alarm album alert alloy almond alpine amaze amber ample anchor angel
angle animal answer anthem antler anvil apply april apron arcade arch arctic arena armada array artist
ashore aspen asset astral atlas atomic atrium attic audit august aurora author autumn avatar avenue aviary
award axis axle azure badger bagel bakery ballot balsam bamboo banana banjo banker barber barge barley
barrel basic basket batch bathe baton beacon beaker belt beyond birch bishop bison bistro blade blank blazer
bleach blend blimp block bloom blouse bobbin bonbon bonnet bonus boost borrow botany bottle bounce bowler
boxer brace brain branch bravo breath breeze brewer brick bridge bright bronze brook brown brush bubble
bucket buddy budget buffet bugle bulb bumper bunch bunny burn burst bushel butler button buzzer cabin cable
cactus cadet calm camera campus canary candy canine canopy canyon cape carafe carbon career cargo carol
carpet carry cart castle casual catkin celery cello chair chalk chapel charge chase chat cheese cherry chess
chief chimes china chirp chisel chive choice chorus chrome chubby cicada cinder cinema cipher circle citrus
city civic clamp clan claret clash clear clerk client cliff clinic cloak clone closet cloth cloud clover
clown clue coast cobalt cobble cocoa coffee coin collar colony colt column comedy comfy comic common condor
convoy cookie copper copy corner cosmos cotton cougar county couple cove cowboy coyote crab cradle craft
crane crater crawl crayon create crisp critic crocus crop cross crowd crunch crust cube cubic cuckoo cuddly
cuff curl curve custom cutlet cycle daily damson dance danger daring date dawn dazzle debate deck delta dent
depot depth design dexter dial diary dice diesel digit dinner dipper dish doctor domain dome domino donkey
donor double dozen dragon drama dream dress drift drill drive drum dune dusk dynamo eagle earl earth easy
ebony echo editor elbow elder elixir emblem enamel energy engine enjoy enlist ensign entry epic equip eraser
errand escape estate event eyelid fabric falcon farmer fast fathom fence fern ferret fetch fiddle field
fiesta figure fillet film filter final finch finger finish fizzy flag flame flask fleece flint flip float
flood floral flute foal focus folder folk follow fondue foot forage ford forest format forum fossil foster
friend fringe frog front fruit fudge fuel funnel fusion future gadget galaxy gallon game garage garden
garlic garnet gather gear gecko genius gerbil gibbon gift gizmo glaze glen glider globe gloss glow goat
goblet gold golfer goose gorge gown graph grass gravy grebe green grid grotto ground grove growth guard
guide guinea guitar gulf gust habit haggis hammer handle happy harp hawk hazel heaven hedge height helium
helmet herald herbal hermit heron hidden hike hill hinge hint hippo hobby hockey holly honest hood hornet
host hotel house hover hunter hurdle hurry husky hybrid icicle icon ideal igloo image indigo iris island
ivory jacket jaguar jasper jelly jersey jester jigsaw jingle jogger jotter joyful juggle juice july jump
junior kayak kelp kennel kettle kilo kimono kindle king kiosk kite kitten kiwi knife koala label lace ladder
ladle lagoon lamb land lark lasso laugh launch laurel layer leader leaf league legacy legend lemon lemur
length lentil letter life lilac lily limpet lineup lintel lion liquid livery lizard llama locket locust
lodge loft logic lotus lounge lupin luxury lyric magic magnet magpie mallet mango maple marble margin marina
market marmot maroon marrow marsh marvel mascot matrix mayfly meadow medley melody member mentor menu merlin
meteor method midday midge milk minnow mirror mixer mobile model module mole moment monday money month moon
mortar mosaic moss mother motion motor motto muffin mural museum music muzzle myrtle myth nachos nature navy
nectar neon nest nickel nimble noble nomad noodle north nougat novel novice nozzle nugget number nurse
nutmeg nylon oasis oats object oboe ocean ocelot octave offer office olive omega omelet onion onyx opal open
opera option oracle orange orator orbit orchid order organ origin ornate osprey outfit owner oxygen oyster
ozone pack page pagoda paint palace panda pantry papaya parade parent parrot pastel path patio patrol peanut
pebble pencil penny people pepper perch person petal pewter phone piano picnic pillow pink pipe pirate
piston pivot pixel pizza planet plasma plate play plaza plenty pliers plinth plot plucky plunge plural
podium poem polish pollen polo poncho pony poplar poppy portal potato pouch pound powder priest prism proud
puddle pulley pupil puppet purple putty python quarry queen query quill quince quiz quorum rabbit radar
radish raisin raptor reason recipe reef refine reflex refund region rejoin relay relic renew rescue resin
reward rhino ride ripple ritual river roamer robin robot rocker roller roof rope rotary rowan royal rubber
rudder ruffle rugby rumble runner runway rustic saddle safari salad salmon salt sandal satin saturn saxony
scale scarf scenic scheme school score scout script scroll sculpt search second sector secure sedan senior
sequel series sesame shadow shape shark shed sheep shelf shield shine ship shirt shovel shower shrimp shrub
sierra signal silent silver simple siren sister skate sketch slalom slope small smart smile smoke smooth
snail snake snooze snowy snug social soda solar solid solve sonic soup south space speed sphere spider
spiral splash splice sponge spoon sport spring sprout spruce squash squire stage stamp stanza staple star
statue steady stereo stitch stock stone stool storm straw stream stripe studio suburb suffix sugar suit
summer superb supper survey sushi swan swift swim swirl swivel syrup system tablet tactic tailor talent
tandem tank target tarmac tartan tassel tavern teacup teak teapot temple tender tennis thatch theory thorn
thread throat thrush thumb tiara ticket tidy tiger tile tinsel tissue toggle token tomato topaz topic topple
torch toucan towel trade trail travel treat treble tree tribe trio tripod trophy trunk tulip tundra tunic
turban turkey turnip turret turtle tweed twin typist umpire unique unity upkeep upland valid valley valour
value varied vault velvet vendor veneer verse vertex video viking villa violet virtue visit visor vista
visual vital vivid vocal voice volume wafer waffle wagon waiter walk walnut walrus waltz warmth warren wasp
wealth weasel weaver wheat whisk wicker widget width window winter wire wisdom wolf wombat wooden wool wren
wrist yacht yard yeast yellow yeoman yogurt zebra zenith zero zinc
"""
WORDS: tuple[str, ...] = tuple(_TEXT.split())
