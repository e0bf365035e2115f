"""Names given in England today, as a hint needs them: each word in small letters and without accents.

Drawn from what is common among people of English, Welsh, Irish, Scottish, South Asian, African, East European, Arabic,
Iranian, Turkish, Chinese, Vietnamese and Iberian families. No list is whole: a hint is no proof, and its absence none.
"""


def _set(words: str) -> frozenset[str]:
 return frozenset(words.split())


# Given names that are no word, place or month: in any case, for people who type while others talk write "sarah said".
GIVEN = _set("""
aarav aaron abbas abbie abby abdelaziz abdelkarim abdellah abdelrahman abdi abdikarim abdirahman abdirizak abdul
abdulaziz abdulkarim abdullah abdullahi abdulrahman abdurrahman abeba abebe abena abi abidemi abimbola abiola
abosede achieng adam adebayo adebola adeola adesola adetokunbo adewale adeyemi aditi aditya adnan adrianna adunni
adwoa afaf afolabi afua agnes agnieszka ahlam ahmad ahmed aidan ailbhe ailsa aisha aisling aislinn aivaras aivars
ajay akash akbar akinyi akosua akshay akua akwasi alan alasdair alastair albert alec aled alejandro aleksander
aleksandra alex alexander alexandru alexei alfie alfred ali alice alin alina alison alistair aliyah allan almaz alun
amadi amaka amanda amar amarachi amarjit amelia amina aminah aminata amir amirah amit amrit amy anand anas anastasia
anca andrea andreea andrei andrew andris andrzej andy angela angharad angus anika anil anita anjali ankit ann anna
annabel anne annette annie anthony antony anusha anwar anwen aodhan aoife aparna arben archie arif arjun arkadiusz
arshad arthur artis arun arunas arwel arwyn asad asha ashling ashok ashraf asif asma asmaa atif attila audrey
audrius aurelie austeja ava avtar ayaan ayesha ayman ayodele ayomide ayotunde ayse azhar aziz aziza azubuike
babatunde bader bahaa balazs balbir baljit balvinder balwinder bamidele barbara barry bartek bartlomiej bartosz
basel basem bashir basia bassam beata beatriz becky behrouz ben benjamin benoit berhane bernadette bernard bert
bertie besnik bessie beth bethan bethany betty bev bhavesh bhavna bilal biniam blathnaid blerim bob bobby bogdan
bogdana boguslaw bohdan bolaji bolanle boluwatife boris bozena branwen breda brenda brendan brian brid bridget
bridie brigid bronagh bronwen bruce bryan bukola bushra cahal caitlin callum calum camelia cameron caoimhe caolan
carla carlos carly carmen carole caroline carrie carwyn carys catalin catalina cath cathal catherine cathy catrin
catriona cecil cecily ceinwen celia celine ceri cerys cezary chandrika charlene charlie charlotte cheryl chiamaka
chibuike chidi chidinma chiedu chiemeka chigozie chika chike chimamanda chinedu chinelo chinenye chinonso chinwe
chioma chirag chloe chris chrissie christine christopher chukwudi chukwuemeka ciara ciaran cillian cindy ciprian
claire clare claudiu cledwyn clive clodagh colette colin colm colum conal conall concepta connie connor conor
constance constantin corina corinne cormac cosmin costel craig cristi cristian cristina csaba cynthia cyril czeslaw
daffyd dafydd dainius dalal dalbir daljit damian damilola dan daniel danielle danny danuta danylo daphne darius
dariusz darragh darren darryl darshan dave david dawit dayo deb debbie deborah declan deepa deepak deepika deian
deiniol deirdre delyth denis denise dennis denzel deqa derek dermot dervla desislava desmond dewi diane diarmuid
dilip dilwyn dilys dimitar dina dinesh divya dmitri dmitry dmytro dominic donal donald donna donnacha doreen doris
dorota dorothea dorothy doug douglas dragos drita dulcie dumitru duncan dylan eamon eamonn ebere ebuka eddie edgar
edgars edie edith edmund edna edward edwin edyta efua egle ehsan eibhlin eifion eifiona eileen eilidh eilir eilis
eilish eimantas eimear einir eirian eirlys eirwen eithne ekow elaine eleanor elen elena eleri elif elin elis eliza
elizabeth ella ellen elliot elliott elsie eluned elzbieta emeka emer emilia emiliya emily emlyn emma emmanuel emre
emrys emyr enfys enid eniola enitan eoghan eoin ephraim eric erica ernie esam estelle esther eszter ethan ethel euan
eugene eunice euros eva evelyn evgeny evie ewan ewelina ewen eyerusalem fadia faduma fadumo fahad faisal faiza
faizal farah farai fareed farhad farhan farhiya farida farouk fartun faruk farzana fatema fatemeh fatima fatimah
fatma fatmir fatou fatoumata fawad fawzia fayez fazal felicity femi ferenc fergal ferghal fergus ffion finbarr
finlay finola fintan fiona fionn fionnuala firas firoz flora florin folake folasade frances francesca francis
franciszek francois fraser fred freda freddie frederick freya funke funmi funmilayo gabor gabriel gabriela galina
ganesh gareth garmon gary gaurav gavin gbenga gearoid gediminas geeta gemma geoff geoffrey george georgeta georgi
georgie georgina geraint gerald geraldine gerallt gerry gethin ghada ghassan gheorghe giedrius gilbert giles gillian
gina gintaras giovanni girish girma giulia giuseppe gladys glenda glenys gloria glyndwr goncalo gopal gordon goronwy
gosia graham grainne grania grazyna gruffudd gruffydd grzegorz guillaume guled guoqiang gurdeep gurdip gurjit
gurmeet gurmit gurpreet gurvinder guto gwen gwenda gwendoline gwenllian gwenno gwilym gwyn gwyneth gwynfor gyorgy
habib habtom hafiz hafsa haile haitham halina halyna hamad hamed hamid hamida hamish hamza hanan hani hanif hanna
hannah hardeep hardip harish harjinder harjit harjot harmeet haroon harpal harpreet harsha harvinder hashim hasina
hassan hatem hattie hayat hayley hazem heba hefin heinz heledd helen henry henryk herbert hermione hesham heulwen
hiba hibaq hilary hilda himesh hiroshi hisham hitesh hiwot hodan hosni howard hristo huda hugh hugo humaira humphrey
huong huseyin hussain hussein hywel iain ian ibrahim ibtisam idil idris iestyn ieuan ifan ifeanyi ifeoma ifor ifrah
iftikhar ifunanya igor ihab ikechukwu ikenna ikram ikran ildiko ileana ilham ilir illtyd ilze imad imogen imran
imtiaz inaam inayat inderjit inese ingrid ioan ioana iolo ionel ionela ionut iorwerth iqbal irena irene irfan irina
iryna isaac isabel isabella isam ishaan isla ismail ismat isobel istvan iulia iulian ivan ivanka ivaylo ivo iwan
iwona iyabo jabir jacek jacob jacqueline jacqui jadwiga jagdeep jagdish jagjit jake jakub jalal jamal james jamie
jamila jane janet janice janina janis janos janusz jared jarlath jaroslava jaroslaw jasbir jasdeep jasmine jason
jaspal jaspreet jasvinder jaswinder javed javid javier jawad jayanti jayesh jayne jeanette jeff jeffrey jemima jenna
jenni jennifer jenny jeremy jerome jerzy jess jessica jessie jianguo jignesh jill jim jimmy jiri jitendra jitka joan
joanna joanne joao joe joel joey john johnny jolanta jolita jon jonah jonathan jonny jose joseph josephine joshua
josie joyce jozsef juan judith judy julia julian julie juliet jumoke junaid jurgen jurgita justin jyoti kailash
kalina kalpana kamal kamaljit kamau kamel kamil kamlesh kamran karan kareem karen karim karl karolina kashif kasia
katalin katarzyna kate kateryna kath katherine kathleen kathryn kathy katie katy katya kavita kawthar kayleigh
kayode kazimierz keeley kehinde keiran keith kelechi kelly kelvin kemal kemi kenji kenneth kenny kestutis kev kevin
kewal khadeeja khadija khadra khaled khalid khrystyna kidane kieran killian kimberley kirpal kirsten kirstie kirsty
kishan kishor kitty klaus kofi kojo krasimir kristaps kristina krisztina krystian krystyna krzysztof kudzai kuldeep
kuldip kulvinder kulwinder kwabena kwadwo kwaku kwame kwasi kyle lachlan laila laima lakhbir lakshmi lalita lamia
lara larisa larysa laszlo laura lauren laurence laurentiu lawrence layla leah leanne leila lena lenka lenny leon
leonard lerato leroy lesley leslie lester lesya leszek lewis liam liban libor lillian linda lindiwe lindsay lindsey
lionel liridona lisa liudmyla liviu liz lizzie lleucu llewellyn llewelyn llinos llio loay lois lola lorcan loredana
loretta lorna lorraine lottie louis louisa louise lowri lubna lubomir lucia lucian lucie lucy luigi luis lukasz luke
luwam lydia lyndsey lynn lynne lyudmila lyudmyla mabel mabli maciej mackenzie madalina maddie madeleine madge madhu
maeve mafalda magda magdalena maggie maher mahesh mahmood mahmoud mairead mairi mairin mairtin majid maksym malachy
malcolm malgorzata mamadou manal mandeep mandip mandla mandy manisha manjeet manjit manjula manmohan manoj manon
manpreet mantas maolisa maqsood marcia marcin marco marcus mared maredudd marek margaret margery maria mariam marian
mariana marianne maricel marie marilyn marina marion marisa marius mariusz mariya marjorie marketa marlene marsha
marta martha martin martina marton marvin marwa marwan mary maryam masood mateusz matilda matt matteo matthew maude
maura maureen maurice mavis maxim maxine maysoon medwyn meena meera meg megan mehmet mehmood mehran meiling meinir
meirion melanie melissa menna mererid merfyn meron meurig mhairi mia michael michal michelle mick mieczyslaw miguel
mihaela mihai mihangel mike mikhail miklos mikolaj mildred milena millicent millie milos minal mindaugas minh minnie
miranda mircea mirela miriam miroslava miroslaw mitchell mitesh mobolaji modupe mohamed mohammad mohammed mohamud
mohan mohinder mohit mohsen moira mollie molly mona monica monika morag morfydd morven morwenna mounir mousa moussa
mubarak muhammad muhammed muireann mukesh mukhtar mulugeta mumtaz munashe munira murad murat muriel musa mustafa
muzaffar mwangi myfanwy mykhailo mykola myra myrtle nabeel nabil nabila nadeem nader nadezhda nadia nadine nadir
nadiya naeem najat najib nalini nancy nandi nandini naomi naresh nargis narinder nasir nasra nasreen nasrin nasser
natalia natalie natalka natalya natasha nathan natnael navdeep naveed navjot nawal nayef nazir neelam neeta neha
neil nell nellie neringa nerys nesta neville ngoc ngonidzashe ngozi nguyen niall niamh nicky nicola nicolae nicole
nicoleta nidal nigel nikhil nikita nikolai nikolay nilesh nimo nina nirmal nisha nitin nizar njeri nkechi nkem nkiru
nkosana nnamdi nneka nnenna noah nomsa nomvula nonso noor noora nora norah noreen norma nour noura nuala nyambura
obinna obioma octavian odhran oghenekaro oisin okechukwu oksana olabisi oladele olajide olamide olanrewaju olayinka
oleg oleh oleksandr oleksandra oleksii olena olga olha oliver olivia ollie olufemi olufunke olumide olusegun
oluwadamilola oluwafemi oluwaseun oluwatobi oluwatoyin olwen omaima omar omayma omkar omolara ondrej onyeka onyinye
oonagh orla orlagh orsolya osagie osama oscar osian oswald otieno ousmane ovidiu owain owen owena oxana padma
padraic padraig padraigh palesa pamela paolo parisa parminder parveen parvez patricia patryk patsy paul paula
pauline paulo pavel pavlo pawel peadar pedro peggy penka penri peredur petar pete peter petr petra petya phelim phil
philip philippa phoebe phuong phyllis piotr piotrek pippa plamen polly pooja pradeep prakash pramod pranav prashant
pratik praveen preeti pritam priti priya priyanka proinsias pryderi przemek przemyslaw puja punam purnima qasem
qasim queenie quentin rachael rachel radek radka radoslaw radu raed rafal rafiq raheel rahila rahim rahul raimonds
raj rajan rajeev rajendra rajesh rajinder rajiv rajni raju rakesh rakhi ralph ramesh ramila ramona ramzi rania
ranjeet ranjit rasha rasheed rashid rashida ravi ravinder rawan raxma raymond razia razvan realtin rebecca rebekah
reem reena refilwe reggie reginald rehana rehman rekha renata reshma reza rhian rhiannon rhoda rhodri rhona rhun
rhydian rhys riaz richard ricky rifat rimantas riordan rishi rita ritu riyad riyaz rizwan robbie robercik robert
roberta roderick rodney roger rohan rohini rohit roisin roksana roland ronald ronan ronnie rory rosa rosalind
rosalyn rosamund rosemary rosie rotimi roxana roxanne ruairi ruaridh rubina rudo rukhsana rumbidzai rumen rupert
rupinder ruqayya ruslan russell rutendo ruth ryan ryszard saad sabiha sabir sabri sabrina sachin sadia sadie sadiq
sadiya saeed safaa safia safiya sagal sahar sahil sahra saima sajid saleem saleh salim salima sally salma salman
salwa sam samantha samar sameena sameer sami samia samir samira sammy samson samuel sandeep sandor sandra sangeeta
sangita sanjana sanjay sanjeev santosh saoirse sara sarah sarbjit sarfraz sarita satish satnam satpal saul saulius
sawsan scott seamus sean sebastian seema segun sekou selam selamawit selina selwyn senait senan seren sergei sergey
serhii serhiy shabana shabbir shabir shabnam shafiq shahbaz shahid shahida shahnaz shaima shaimaa shaista shakeel
shakil shamim shamshad shane shanthi sharmila sharon shaun shauna shazia sheelagh shehnaz sheila shelley sherif
shilpa shirin shirley shivani shoaib shobha shola shpresa shreya shweta shyam sian sibusiso sid sidney siham
simisola simon simran sinead siobhan sioned sipho slawomir sobia sofia sohail soheila solape solomon sonia
sophia sophie soraya sorcha sorin sorina souad spencer stacey stacy stan stanislaw stanley stefan stefania stefano
steffan stella steph stephanie stephen steve steven stoyan struan stuart subhash sudha sufyan suhail sukhbir
sukhdeep sukhdev sukhjit sukhvinder sukhwinder sulaiman suleiman sultana sumaira sumaya sunil sunita suresh surinder
surjit susan sushila sushma susie suzanne suzie svetlana svetoslav svitlana swati sybil sylvia sylvie sylwester
sylwia szymon tabassum tadas tadeusz tadhg tafadzwa tahir tahira taiwo talal talfryn talha tamara tamas tamer tamsin
tania tanveer tanvir tanya tapiwa taras tarek tareq tariq tasleem tasneem tatenda tatiana tawanda tayo teagan ted
teddy tegid tegwen tehmina teifi tekle temitope tendai teodora terence teresa tereza teri tesfay tesfaye tessa
tetiana thabo thaer thandeka thandi thanh thea thelma themba theo theodore theresa thierry thomas thuy tiago tibor
tiffany tilly tim timothy tina tinashe titilayo toby todor tokunbo tom tomas tomasz tommy tomos tonya toyin tracey
tracie tracy trang trefor trevor tricia trish trudy trupti tsegay tshepo tsvetelina tuan tudorel tudur tunde
turlough tushar ubah uchenna ugochi ulrike umair umar umesh ursula urszula usha usman uzma uzoma vaclav valdas
valentina valentyna valerie valon vandana vanessa vanya varsha varun vasile vasilica vasyl vera vernon veronica
vesela vicki vicky vijay vikas vikki vikram viktoriia vilma vinay vince vincent vinod viorel viorica vipul virginija
vishal vitalii viv vivek vivian vivien vivienne vlad vladimir volodymyr vytautas wael wafa wafula waheed wahid wajid
waldemar waleed walid wallace walter wambui wanda wanjiku wanjiru waqar waqas warsame waseem wasim wayne wendy
weronika widad wieslaw wieslawa wiktor wiktoria wilfred william wilma winifred winnie winston wioletta witold
wladyslaw wojciech wojtek xander xiaoli xiaoming yahya yana yara yaroslav yash yasin yasir yasmeen yasmin yasmine
yelena yemi yetunde yevhen yewande ynyr yogesh yohannes yolanda yonas yordan yousef yousif youssef yuki yulia yuliya
yunus yuri yurii yusuf yvonne zac zach zack zafar zaheer zahid zahida zahra zaid zainab zainabu zak zakaria zakariya
zakir zanele zara zayd zaynab zbigniew zdenek zdravko zdzislaw zeeshan zeinab zelda zena zewdi zeynep ziad zodwa zoe
zofia zoltan zsofia zsuzsanna zubair zuhair zulfiqar zuzana zuzanna zydrunas zygmunt
""")
# Given names that are rare or short words in small letters: only with a capital.
SHORT = _set("""
abu ade aine al ama amal amani ana anab anu arta asa austin ayo baraka bela bo brad cai cy dai dalia dara dee
demba desta dev di duaa ed edita efe eli emil ena enda esi ewa fadi fay fei feven filmon gail genet gia gita glyn
guo hadi hadia hao hasan hawa haya hua hui ida ike ilo iman ines inga ira jai jas jaya jia jing jo jonas juma
jun kai kajal kat kay kia kinga kiran komal kwok lau laxmi lei lekan len les li liga lin lina linas ling lloyd
logan lou luca luo ly mae maha mahdi mai mair mal malak mali malika mani mari maris mehdi mei mel min mina
ming mo mulu muna munir nada nana nia noa ola oli ona ostap pawan percy pia pilar ping prem qi qing rabia rae raja
ram rana randa rani rasa rea reg rhi ria rik rima rio rokas ron ros rui ruta saba sabah safa sal salah sana seyi
shadi shu sol sola su suad suman sy taha tai tam tao tara thu tia tobi todd ty uche uma una val vee vi wai wei wen
xi xin xiu xu yaa yan yang yao yaw yi yin ying yu yue yun zeb zed zhen zhi zia zita
""")
# Given names that are everyday words with a capital too: only where case and position say that a person is meant.
ALSO_WORDS = _set("""
abel amber angel april ash autumn basil beau beverley bill blake blessing blossom bonny brook bunny carol cash chad
chance charity chase chelsea cherry chester  clay clement cliff colt comfort coral crystal daisy dale dawn
dean dolly dolores don drew earl ebony eden ernest eve faith favour fern flo florence forest frank gene georgia
ginger glen grace grant guy harmony harry hazel heath heather holly honour hope hunter iris isaiah ivy jack jade jan
jasper jay jean jewel jordan joy june junior justice kerry kit lance laurel lee lily lincoln lucky mark mason max
may melody mercy miles misty morris nick noel norman olive opal page paige parker pat patience pearl penny piers
poppy porter precious prince prudence ray reed rex rich river rob robin rod rose rowan ruby rusty sandy savannah
sherry sky skye sonny sterling storm sue summer sunny tiger tony trinity troy verity victor victoria viola violet
virginia warren will winter wisdom
""")
# Family names: after a given name, an initial or another capital.
FAMILY = _set("""
abdi abdullah abraham achebe adams adeleke adeyemi agarwal aguilar ahmad ahmadi ahmed akhtar akinola alam ali allen
anderson anwar appiah arshad asante aslam atkinson awan aziz bailey banerjee barker barnes barrett bashir begum
bennett bhatt bhatti boateng boyle brady brennan burke burton byrne cameron campbell carr carroll chan chapman
chatterjee chaudhary chaudhry chaudhuri cheema chen cheung choudhury chowdhury clark clarke collins connolly cooper
costa cunningham daly datta davidson davies davis dawson desai dhillon diallo dixon doherty dolan donnelly donovan
doyle duffy dunn dutta edwards ellis evans eze farah farooq farrell fernandes ferreira fitzgerald flynn gallagher
garcia georgiou ghosh gibson gill gonzalez gordon graham gray green grewal griffin griffith griffiths gupta haider
hamilton harris harrison harvey hashmi hassan healy henderson holmes horvath hosseini howard hudson hughes humphreys
hussain hussein ibrahim ionescu iqbal ismail ivanov ivanova jackson jacobs jain jama james janjua javed jenkins
johnson johnston jones joshi kaczmarek kamara kapoor kaur kavanagh kelly kennedy khalid khan khatun kovacs kovalenko
kowalczyk kowalska kowalski kozlov kumar lawrence lawson lewandowska lewandowski lewis lloyd lowe lynch macdonald
mahmood mahmoud malik marshall martin martinez matthews mccarthy mcdonald mcgrath mckenna mclaughlin mehmood mehta
mensah mills mirza mishra mistry mitchell mohamed mohammed mohamud moore morgan morris mukherjee murphy murray musa
mwangi nair nasir naylor ncube ndiaye nguyen nikolov nolan novak nowak nwosu o'brien o'connor o'donnell o'neill
o'reilly o'sullivan obi ogunleye okafor okeke okonkwo okoro okoye oladipo olsen omar onyango osei osman otieno owen
owens owusu parmar parry patel pearce pereira perera petrov petrova pham phillips popa popescu powell prosser pugh
quinn radu rahman rao rashid rauf raza reddy rees reid reilly reynolds richards richardson roberts robertson
robinson rodrigues rogers ross russell ryan saeed sahota saleem sanders sandhu santos saunders scott shah shaikh
sharif sharma shaw sheikh siddiqui sidhu silva simmons simpson singh smith sokolov spencer stephens stevens stewart
sullivan sutton szabo taylor thomas thompson thomson tiwari todd tran varga vasile verma vu wagner walker wallace
walsh wang warsame watkins watson watts webb wilkinson williams williamson wilson wisniewska wisniewski wong wright
yadav yang yilmaz yusuf zhang zhou zielinski
""")
